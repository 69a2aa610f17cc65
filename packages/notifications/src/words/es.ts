// What notices say, in Spanish.
import type { Saying } from './en.ts';

export const es: Readonly<Record<Saying, string>> = {
  contribution_approved: 'Tu aportación {number} ({category}) fue aprobada: {amount}.',
  contribution_adjusted: 'Tu aportación {number} ({category}) fue ajustada y aprobada: {amount}.',
  contribution_question: '{by} tiene una pregunta sobre tu aportación {number} ({category}).',
  contribution_rejected: 'Tu aportación {number} ({category}) fue rechazada: {reason}',
  'contribution_rejected.silent':
    'Tu aportación {number} ({category}) fue rechazada: sus pares no la validaron antes de pasar el {day}.',
  contribution_posted: 'Tu aportación {number} ({category}) fue aprobada y está en los libros: {amount}.',
  dispute_settled: 'La disputa sobre tu aportación {number} quedó resuelta en {amount}: {reason}',
  period_closing: '{period} termina el {day} y tienes trabajo de ese período sin presentar.',
  rate_change:
    'Se decidió una tarifa para {category}: {rate} desde el {day}. El trabajo anterior conserva la tarifa de su día.',
  'rate_change.rule':
    'La forma de valorar {category} cambia el {day}. El trabajo anterior conserva la regla de su día.',
  statement_ready: 'Tu estado de cuenta está listo.',
  distribution_scheduled: 'Se te pagarán {amount} el {day}.',
  distribution_paid: 'Se te pagaron {amount} el {day}.',
  distribution_failed: 'Un pago de {amount} para ti no se realizó: {reason}',
  payout_account:
    'Se cambió la cuenta en la que te pagan. Si no fuiste tú, avisa enseguida a administración.',
  'payout_account.removed':
    'Se quitó la cuenta en la que te pagan. Si no fuiste tú, avisa enseguida a administración.',
  contribution_submitted: '{owner} presentó la aportación {number} ({category}), que espera una decisión.',
  peer_asked:
    '{owner} registró la aportación {number} ({category}): ¿se dio como consta? Se espera tu palabra.',
  contribution_remark: 'Hay un comentario nuevo sobre la aportación {number} ({category}).',
  contribution_answered: '{owner} respondió sobre la aportación {number} ({category}).',
  contribution_disputed: '{owner} disputa el valor de la aportación {number}: {reason}',
  contribution_stale: 'La aportación {number} de {owner} espera una decisión desde el {day}.',
  contribution_escalated:
    'La aportación {number} de {owner} ({category}) te llega a ti: nadie más puede decidirla.',
  'contribution_escalated.absent':
    'La aportación {number} de {owner} ({category}) la decides tú mientras falta quien la decidía.',
  'contribution_escalated.late':
    'La aportación {number} de {owner} ({category}) ha esperado demasiado: su suplente también puede decidirla.',
  'contribution_escalated.validated':
    'La aportación {number} de {owner} ({category}) fue validada por sus pares; por su valor hacen falta dos revisores.',
  'contribution_escalated.objected':
    'Un par se opuso a la aportación {number} de {owner} ({category}): decide un revisor.',
  'contribution_escalated.timed_out':
    'Los pares dejaron pasar los días de la aportación {number} de {owner} ({category}): decide un revisor.',
  'contribution_escalated.no_eligible':
    'No hay pares suficientes para la aportación {number} de {owner} ({category}): decide un revisor.',
  'contribution_escalated.nobody':
    'Nadie puede decidir la aportación {number} de {owner} ({category}). Da a alguien la función de responsable.',
  second_person: '{by} hizo algo que espera a una segunda persona.',
  'second_person.contribution': 'La aportación {number} de {owner} espera una segunda firma.',
  'second_person.allocation': '{by} propuso un reparto, que espera a una segunda persona.',
  'second_person.postTransaction': '{by} preparó un asiento que espera a una segunda persona.',
  'second_person.reverseTransaction': '{by} pide anular un asiento; espera a una segunda persona.',
  'second_person.correctTransaction': '{by} pide corregir un asiento; espera a una segunda persona.',
  'second_person.erasure':
    'Se pidió borrar los datos de un miembro; espera a una segunda persona administradora.',
  'second_person.lockPeriod': '{by} pide bloquear un período; espera a una segunda persona administradora.',
  'second_person.requestReopen': '{by} pide reabrir un período cerrado; espera a alguien del consejo.',
  'second_person.calculateDistribution': '{by} preparó una distribución que espera su aprobación.',
  'second_person.overrideValuation':
    '{by} pide fijar otro valor para una aportación; espera a una segunda persona administradora.',
  'second_person.setWeights':
    '{by} propone otros pesos; esperan a otra persona de la administración o a alguien del consejo.',
  'second_person.setPolicies':
    '{by} propone otras políticas; esperan a otra persona de la administración o a alguien del consejo.',
  'second_person.proposeTerms':
    '{by} propone otros pesos o políticas; esperan a otra persona de la administración o a alguien del consejo.',
  'second_person.setJournalThreshold':
    '{by} pide subir el importe que requiere dos personas; espera a una segunda persona administradora.',
  'second_person.setApprovalPolicy':
    '{by} pide reglas de aprobación menos estrictas; esperan a una segunda persona administradora.',
  'second_person.setAutoApprovalRule':
    '{by} pide que más trabajo se apruebe solo; espera a una segunda persona administradora.',
  'second_person.setValuationRule':
    '{by} pide una tarifa sin aviso previo; espera a una segunda persona administradora.',
  'second_person.expiring':
    'Lo que pidió {owner} sigue esperando a una segunda persona y caduca el {day} si nadie decide.',
  'second_person.expired':
    'Lo que pidió {owner} ha caducado: ninguna segunda persona decidió antes del {day}.',
  request_declined: '{by} no aceptó lo que pediste: {reason}',
  'request_declined.postTransaction': '{by} no aceptó el asiento que preparaste: {reason}',
  'request_declined.reverseTransaction': '{by} no aceptó anular el asiento como pediste: {reason}',
  'request_declined.correctTransaction': '{by} no aceptó corregir el asiento como pediste: {reason}',
  'request_declined.lockPeriod': '{by} no aceptó bloquear el período como pediste: {reason}',
  'request_declined.setJournalThreshold':
    '{by} no aceptó subir el importe que requiere dos personas, como pediste: {reason}',
  'request_declined.setWeights': '{by} no aceptó los pesos que propusiste: {reason}',
  'request_declined.setPolicies': '{by} no aceptó las políticas que propusiste: {reason}',
  'request_declined.requestReopen': '{by} no aceptó reabrir el período como pediste: {reason}',
  'request_declined.setValuationRule': '{by} no aceptó la tarifa sin aviso previo que pediste: {reason}',
  'request_declined.setApprovalPolicy': '{by} no aceptó las reglas de aprobación que pediste: {reason}',
  'request_declined.setAutoApprovalRule':
    '{by} no aceptó que más trabajo se apruebe solo, como pediste: {reason}',
  'request_declined.overrideValuation':
    '{by} no aceptó el otro valor que pediste para una aportación: {reason}',
  'request_declined.requestErasure': '{by} no aceptó el borrado que pediste: {reason}',
  dead_letter: 'Un evento no pudo procesarse ({handler}) y espera otro intento.',
  job_failed: 'La tarea {job} falló el {day}.',
  security: 'Ocurrió algo que afecta a la seguridad de la cooperativa.',
  'security.assignRole': '{by} dio un rol a un miembro.',
  'security.revokeRole': '{by} retiró un rol a un miembro.',
  'security.makeResetLink': '{by} creó un enlace que cambia la contraseña de un miembro.',
  'security.token_reused': 'Se cerró una sesión de {owner}: se había usado una copia de su clave.',
  webhook_stopped: 'El webhook {name} se detuvo: hace días que no llega nada.',
  'webhook_stopped.gone': 'El webhook {name} se detuvo: su destino respondió que ya no existe.',
  'kind.labor': 'trabajo',
  'kind.expertise': 'pericia',
  'kind.cash': 'efectivo',
  'kind.in_kind': 'aportaciones en especie',
  'kind.revenue': 'ventas',
  'kind.relationship': 'relaciones',
  'kind.community': 'trabajo comunitario',
  someone: 'Alguien',
};
