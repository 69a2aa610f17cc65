'use client';
// What is shown when the root of all pages fails: then there is no catalogue and no language to ask for, so that it says the
// same in both. Every page carries this file in case, which is why it has nothing else in it.
import './globals.css';

export default function GlobalError({ error }: { error: { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <main className="mx-auto max-w-lg px-6 py-16">
          <h1 className="t-head">We couldn’t load this page</h1>
          <p className="t-body mt-3">
            Nothing was changed. Load it anew; if it stays, give this code to your operator.
          </p>
          <div lang="es" className="mt-6">
            <p className="t-strong">No pudimos cargar esta página</p>
            <p className="t-body">
              No ha cambiado nada. Vuelve a cargarla; si sigue, da este código a quien opera el sistema.
            </p>
          </div>
          <code className="t-mono mt-6 block">{error.digest}</code>
        </main>
      </body>
    </html>
  );
}
