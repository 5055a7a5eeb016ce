//! Spanish, with usted.

use super::LockText;

pub(in crate::text) static LOCK: LockText = LockText {
    title: "Interlude está bloqueado",
    code: "Su código",
    show: "Mostrar lo que escribo",
    open: "Abrir",
    opening: "Un momento. Se está comprobando el código.",
    wrong: "Ese no era el código. No se ha cambiado nada.",
    wait: |seconds| {
        format!(
            "Varios códigos no eran correctos. El siguiente se puede probar dentro de {}. Nunca se borra nada.",
            time(seconds)
        )
    },
    failed: "El almacenamiento del navegador no respondió. No se ha borrado nada. Inténtelo de nuevo.",
    keyless: "La llave de este diario ya no está en este navegador, así que aquí ya no se puede abrir.",
    waiting: |n| {
        match n {
        0 => "No hay nada pendiente de enviar.".to_owned(),
        1 => "1 registro espera a ser enviado. Está a salvo en este teléfono y saldrá cuando se abra el diario.".to_owned(),
        n => format!("{n} registros esperan a ser enviados. Están a salvo en este teléfono y saldrán cuando se abra el diario."),
    }
    },
    parked: |n| match n {
        1 => "La clínica no aceptó 1 registro. Está a salvo en este teléfono.".to_owned(),
        n => format!("La clínica no aceptó {n} registros. Están a salvo en este teléfono."),
    },
    passkey: "Abrir con la llave de acceso",
    passkey_failed: "La llave de acceso no abrió el diario. Puede usar el código.",
    forgot: "He olvidado mi código",
    forgot_means: "Nadie puede decirle el código, tampoco la clínica. No hay prisa: no se borra nada si usted no lo dice aquí.",
    held: |n| {
        match n {
        0 => "La clínica no tiene nada de este diario.".to_owned(),
        1 => "1 registro está en la clínica. Vuelve cuando usted se conecte otra vez con un código nuevo de la clínica.".to_owned(),
        n => format!("{n} registros están en la clínica. Vuelven cuando usted se conecte otra vez con un código nuevo de la clínica."),
    }
    },
    here_alone: |n| match n {
        1 => "1 registro está solo en este teléfono y se perdería.".to_owned(),
        n => format!("{n} registros están solo en este teléfono y se perderían."),
    },
    begun_on: |days| format!("Anotados: {days}."),
    drafts: |n| match n {
        1 => "1 formulario está empezado y sin terminar. También se perdería.".to_owned(),
        n => format!("{n} formularios están empezados y sin terminar. También se perderían."),
    },
    nothing_lost: "No se perdería nada: todo lo registrado aquí está en la clínica.",
    also: "También se perderían sus ajustes. Avise a la clínica para que retire el acceso de este teléfono.",
    discard: "Descartar este diario y empezar de nuevo",
    discard_means: "No se puede deshacer. Lo que está solo en este teléfono desaparece para siempre. Lo que tiene la clínica, lo conserva.",
    discard_do: "Descartarlo ahora",
    keep: "Dejarlo bloqueado",
    heading: "Bloqueo",
    none: "No hay ningún código. Quien tenga este teléfono abierto puede leer el diario.",
    is_set: "Hay un código. El diario de este teléfono se abre solo con él.",
    means: "El código puede tener cualquier longitud y se puede pegar. Unas pocas palabras son mucho más difíciles de adivinar que seis cifras.",
    forgetting: "Si lo olvida, lo que tiene la clínica vuelve cuando se conecte otra vez. Lo que no se envió se pierde.",
    present: "Código actual",
    new: "Código nuevo",
    again: "Código nuevo otra vez",
    set_do: "Poner el código",
    change: "Cambiar o quitar el código",
    change_do: "Cambiar el código",
    remove_do: "Quitar el código",
    after: "Bloquear cuando Interlude haya estado fuera de la vista",
    limits: ["aunque sea un instante", "1 minuto", "5 minutos", "15 minutos", "1 hora"],
    lock_now: "Bloquear ahora",
    busy: "Un momento. Se está guardando el código.",
    set: "El código está puesto. Interlude lo pide cada vez que se abre.",
    removed: "Ya no hay código.",
    key_means: "Una llave de acceso abre el diario con el bloqueo del propio teléfono: huella, cara o PIN. El código sigue valiendo. Hace falta el código actual, arriba.",
    key_do: "Añadir una llave de acceso",
    unkey_do: "Quitar la llave de acceso",
    keyed: "La llave de acceso también abre el diario.",
    unkeyed: "La llave de acceso ya no abre el diario.",
    no_passkey: "No se añadió ninguna llave de acceso. Puede que este teléfono o navegador no tenga lo necesario; el código funciona como antes.",
    differ: "Los dos códigos no son iguales, o están vacíos. No se ha cambiado nada.",
    wrong_present: "El código actual es otro. No se ha cambiado nada.",
    not_done: "No se pudo guardar el código. Sigue como estaba.",
};

/// "40 segundos", "unos 3 minutos".
fn time(seconds: i64) -> String {
    match seconds {
        ..=1 => "1 segundo".to_owned(),
        2..=90 => format!("{seconds} segundos"),
        _ => format!("unos {} minutos", seconds.saturating_add(59) / 60),
    }
}
