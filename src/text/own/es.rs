//! Spanish, usted.

use interlude_diary::own::Words;

use super::OwnText;

pub(in crate::text) static OWN: OwnText = OwnText {
    about: "Sus medicamentos y preguntas suyas. No forman parte de ninguna puntuación ni de ninguna curva.",
    none: "Todavía no ha añadido ninguna.",
    answers: ["De 0 a 10", "Sí o no", "Un medicamento: tomado o no"],
    stop: "Dejar de preguntar",
    stop_this: |line| format!("Dejar de preguntar: {line}"),
    stop_means: "Lo que respondió sigue en su diario.",
    add_title: "Añadir una",
    label: "Sus palabras",
    help: "Por ejemplo: zumbido en los oídos, salí de casa, paracetamol 1 g.",
    how: "Cómo se responde",
    add: "Añadir",
    empty: "Escriba qué se debe preguntar, por favor.",
    long: |most| format!("Acórtelo, por favor: caben {most} caracteres."),
    full: |most| format!("Ya hay {most}. Deje de preguntar una de ellas primero."),
    there: "Esto ya se pregunta.",
    added: |line| format!("Añadido: {line}"),
    not_kept: "No se pudo guardar en este teléfono. Inténtelo de nuevo, por favor.",
    share: "Qué se puede enviar",
    share_none: "Todo esto se queda en este teléfono.",
    share_about: |clinic| {
        format!(
            "Se queda en este teléfono si usted no lo activa. Si lo activa, {clinic} recibe lo que escriba desde ahora; lo que escribió antes se queda aquí."
        )
    },
    share_lines: "Enviar las respuestas a mis preguntas y medicamentos",
    share_notes: "Enviar mis notas",
    share_on: "Activado: se envía lo que escriba desde ahora.",
    share_off: "Desactivado: se queda en este teléfono.",
    words: Words {
        titles: ["Sus propias preguntas", "Una nota"],
        ends: ("Nada", "Lo máximo posible"),
        taken: |medicine| format!("{medicine}: ¿tomado?"),
        note: "¿Qué quiere anotar?",
    },
};
