//! Spanish, with usted.

use super::RemindersText;

pub(in crate::text) static REMINDERS: RemindersText = RemindersText {
    heading: "Recordatorios",
    means: "Una vez al día, a la hora que le convenga. Un recordatorio no dice nada de su salud.",
    time: "Hora del recordatorio",
    no_time: "Elija primero una hora.",
    calendar: "Con el calendario de su teléfono",
    calendar_means: "Funciona en cualquier teléfono, sin red y sin clínica. Abra el archivo y añádalo a su calendario. Si cambia la hora, añada el archivo nuevo: ocupa el lugar del anterior. Para terminar el recordatorio, bórrelo en su calendario.",
    calendar_do: "Crear el archivo de calendario",
    calendar_made: |at| {
        format!("El archivo está hecho: todos los días a las {at}. Ábralo y añádalo a su calendario.")
    },
    calendar_failed: "No se pudo crear el archivo. Inténtelo de nuevo.",
    push: "De su clínica",
    push_means: "El servidor de su clínica despierta este teléfono a la hora de arriba, los días en que aún no tiene su registro. El mensaje está vacío: el fabricante de su navegador, que lo lleva, sabe que el servidor de su clínica despertó este teléfono, y nada más.",
    push_on: "Activar estos recordatorios",
    push_off: "Desactivar estos recordatorios",
    push_is_on: "Activados. El servidor de su clínica avisa a este teléfono.",
    push_no_clinic: "Para esto, conecte primero una clínica. El calendario funciona sin ella.",
    push_missing: "Este navegador no puede recibir recordatorios. En un iPhone o iPad, añada Interlude a la pantalla de inicio y ábralo desde allí. El calendario funciona en cualquier teléfono.",
    test: "Enviarme una prueba",
    said_on: "Los recordatorios están activados. Envíese una prueba para ver uno.",
    said_off: "Los recordatorios de su clínica están desactivados.",
    said_denied: "Este teléfono no permite que Interlude muestre notificaciones. Permítalas para Interlude en los ajustes del navegador o del teléfono y vuelva a intentarlo.",
    said_not_offered: "El servidor de su clínica no envía recordatorios. El calendario funciona sin él.",
    said_no_answer: "El servidor de su clínica no respondió. Inténtelo de nuevo cuando haya red.",
    said_no_service: "El navegador no pudo preparar los recordatorios. Inténtelo de nuevo o use el calendario.",
    said_tested: "La prueba está en camino. Suele tardar menos de un minuto. Si no llega, compruebe que las notificaciones de Interlude están permitidas y que el teléfono no está en silencio.",
    said_not_taken: "Ahora no se pudo enviar la prueba. Inténtelo más tarde.",
    said_ended: "Los recordatorios habían terminado. Desactívelos y vuelva a activarlos.",
    trouble: "Los recordatorios no llegan a este teléfono",
    trouble_mend: "Recordatorios en Ajustes",
    trouble_denied: "Las notificaciones no están permitidas para Interlude. Permítalas en los ajustes del navegador o del teléfono, o desactive estos recordatorios y use el calendario.",
    trouble_gone: "El navegador o la clínica los terminó. En Ajustes, desactívelos y vuelva a activarlos.",
    trouble_silent: "Los tres últimos que envió su clínica no llegaron aquí. Envíese una prueba. Si no llega, desactívelos y vuelva a activarlos en Ajustes, o use el calendario.",
    notice: ["Interlude", "Sus preguntas de hoy. Si ya las ha respondido, no tiene que hacer nada."],
    notice_saved: ["El día de hoy está guardado", "No tiene que hacer nada."],
    notice_test: ["Esto es una prueba", "Los recordatorios llegan a este teléfono."],
    event: "Interlude: las preguntas de hoy",
    event_more: "Abra Interlude en su teléfono. Si ya ha respondido hoy, no tiene que hacer nada.",
};
