// Everything the platform adds to the schema.
import './cooperative.ts';
