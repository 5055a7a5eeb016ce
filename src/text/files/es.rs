//! Files, moving and erasing, in Spanish.

use super::{EraseText, FilesText};

const fn s(n: usize) -> &'static str {
    if n == 1 { "registro" } else { "registros" }
}

pub(in crate::text) static FILES: FilesText = FilesText {
    export: "Su diario en un archivo",
    export_means: "Todos los registros con su historial. Funciona sin conexión. Quien tenga el archivo puede leerlo.",
    export_fhir: "Guardar para otro sistema de salud (FHIR)",
    export_table: "Guardar como tabla (CSV)",
    export_failed: "No se pudo crear el archivo. No se ha cambiado nada.",
    moving: "Copia y traslado",
    moving_means: "Un archivo cerrado con todo: para guardarlo o para un teléfono nuevo.",
    title: "Copia y traslado",
    keep: "Guardar una copia",
    keep_means: "Un archivo con todos los registros, su historial y los formularios empezados. Va cerrado: nadie puede abrirlo sin su frase o su código. La conexión con una clínica no va dentro.",
    lock: "Cerrar el archivo con",
    by_words: "Una frase que yo elijo",
    by_code: "Un código hecho para mí",
    words: "Frase de acceso",
    words_help: "Al menos 10 caracteres. Van bien cuatro o cinco palabras que no tengan relación.",
    words_again: "La misma otra vez",
    show: "Mostrar lo que escribo",
    show_means: "Solo mientras esta página esté abierta.",
    words_short: "Use al menos 10 caracteres, por favor.",
    words_differ: "Las dos no son iguales.",
    make_code: "Mostrar un código",
    code_once: "Apunte ahora este código. Solo se muestra esta vez, y nada más abre el archivo.",
    code_kept: "Ya lo tengo. Guardar el archivo",
    save: "Guardar el archivo",
    saving: "Se está creando el archivo. Puede tardar unos segundos.",
    saved: |name| {
        format!(
            "El navegador ha recibido {name}. Compruebe que está entre sus descargas. Para un teléfono nuevo: envíe allí el archivo, abra Interlude y vaya a Ajustes, Copia y traslado."
        )
    },
    not_read: "No se pudo leer el diario, así que no se creó ningún archivo. No se ha cambiado nada.",
    bring: "Traer un diario de un archivo",
    bring_means: "Lo que hay en el archivo se añade a lo que hay aquí. Aquí no se sustituye ni se borra nada.",
    file: "Archivo de copia",
    file_words: "La frase de este archivo",
    file_code: "El código de este archivo",
    file_code_help: "28 letras y números. No importan los guiones ni las minúsculas.",
    bring_do: "Traerlo",
    opening: "Se está abriendo el archivo. Puede tardar unos segundos.",
    other: "Este no es un archivo de copia de Interlude, o se dañó por el camino. No se ha cambiado nada.",
    newer: "Este archivo lo hizo un Interlude más nuevo. Actualice Interlude aquí e inténtelo de nuevo. No se ha cambiado nada.",
    cut: "El archivo no está entero: falta o sobra una parte. Envíelo o cópielo otra vez. No se ha cambiado nada.",
    large: "El archivo es demasiado grande para ser un diario. No se ha cambiado nada.",
    unreadable: "El navegador no pudo leer el archivo. ¿Sigue estando ahí? No se ha cambiado nada.",
    mistyped: "Esto no es un código de copia. Busque si hay algún error. No se ha cambiado nada.",
    nothing_typed: "Escriba lo que abre el archivo, por favor.",
    shut: "No se abre. O no son la frase o el código de este archivo, o el archivo se alteró por el camino. No se ha cambiado nada.",
    damaged: "El archivo se abrió, pero no se puede leer lo que hay dentro. No se ha cambiado nada.",
    browser: "A este navegador le falta memoria para esto. Cierre otras páginas e inténtelo de nuevo. No se ha cambiado nada.",
    another: |initials, clinic| {
        format!(
            "Este es el diario de otra persona ({initials} en {clinic}). No se ha cambiado nada: los dos diarios siguen como estaban."
        )
    },
    store: "No se pudo conservar todo. Lo que había aquí está a salvo. Haga sitio en el teléfono y traiga el archivo otra vez.",
    joined: |new, more| match (new, more) {
        (new, 0) => format!("{new} {} más.", s(new)),
        (0, more) => format!("{more} {} de aquí tienen ahora correcciones del archivo.", s(more)),
        (new, more) => {
            format!("{new} {} más. {more} {} de aquí tienen ahora correcciones del archivo.", s(new), s(more))
        }
    },
    nothing_new: "Todo lo que hay en el archivo ya estaba aquí.",
    goes_up: "Lo que la clínica no tiene se le envía a continuación.",
    connect_again: |clinic| {
        format!("Este diario va con {clinic}. Para volver a enviar, pídales un código nuevo.")
    },
    open_diary: "Abrir el diario",
    back: "Volver a Ajustes",
    have_file: "Si guardó un archivo de copia, su diario vuelve con él.",
    have_file_do: "Tengo un archivo de copia",
};

pub(in crate::text) static ERASE: EraseText = EraseText {
    leads: "Borrar todo",
    leads_means: "Quita el diario de este teléfono y, si usted quiere, del servidor de la clínica.",
    title: "Borrar todo",
    means: "Todos los registros, formularios empezados, ajustes y claves de este teléfono se borran para siempre. Nadie puede recuperarlos.",
    keep_first: "Guardar antes una copia",
    clinic: |name| format!("Este diario está conectado con {name}."),
    clinic_asks: "¿Qué debe hacer la clínica?",
    clinic_keeps: "La clínica conserva lo que tiene",
    clinic_erases: "La clínica también lo borra",
    keeps_means: "Sigue siendo parte de su historial allí. El acceso de este teléfono termina.",
    erases_means: "Allí también se borran respuestas, puntuaciones y avisos, y termina el acceso de todos los teléfonos. Las copias de seguridad de la clínica los pierden la próxima vez que se usen.",
    choose: "Elija qué pasa en la clínica, por favor.",
    unsent: |n| match n {
        1 => "1 registro no se envió nunca. Se perderá.".to_owned(),
        n => format!("{n} registros no se enviaron nunca. Se perderán."),
    },
    elsewhere: |name| format!("{name} conserva lo que se envió. Para que lo borren allí, pídaselo."),
    next: "Continuar",
    sure_here: "¿Borrar para siempre este diario de este teléfono?",
    sure_both: "¿Borrar para siempre este diario de este teléfono y de la clínica?",
    yes: "Borrar para siempre",
    no: "Dejar todo como está",
    asking: "Se está preguntando a la clínica.",
    no_answer: "La clínica no respondió. No se ha borrado nada, ni aquí ni allí.",
    again: "Intentarlo de nuevo",
    only_here: "Borrar este teléfono de todos modos",
    only_here_means: "La clínica conserva entonces lo que tiene, y el acceso de este teléfono sigue abierto hasta que la clínica lo termine.",
    failed: "No se pudo borrar todo aquí. Cierre las otras pestañas de Interlude e inténtelo de nuevo.",
    done: "Todo está borrado",
    done_here: "En este teléfono no queda nada del diario ni de la aplicación: para abrirla de nuevo hace falta conexión. Los archivos que guardó son suyos: bórrelos usted si quiere.",
    receipt_erased: |n, when| {
        format!("La clínica borró lo que tenía, {when}: {n} {}, contando las correcciones.", s_records(n))
    },
    receipt_kept: |n, when| {
        format!(
            "La clínica conserva lo que tiene, {when}: {n} {}, contando las correcciones. Este teléfono ya no tiene acceso.",
            s_records(n)
        )
    },
    was_ended: "La clínica ya había terminado el acceso de este teléfono, así que no se le preguntó.",
    not_told: "No se avisó a la clínica.",
    receipt_mark: |mark| format!("Marca de este recibo: {mark}"),
    receipt_save: "Guardar el recibo",
    start: "Empezar con un diario vacío",
    gone: "Este diario se borró en la clínica. Ya no se envía nada más. Lo que hay en este teléfono se queda hasta que usted lo borre aquí.",
};

const fn s_records(n: u64) -> &'static str {
    if n == 1 { "registro" } else { "registros" }
}
