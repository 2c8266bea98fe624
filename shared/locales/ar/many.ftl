many-chosen = { $count ->
    [zero] لم تُحدَّد أي شكوى
    [one] شكوى واحدة محددة
    [two] شكويان محددتان
    [few] { $count } شكاوى محددة
    [many] { $count } شكوى محددة
   *[other] { $count } شكوى محددة
}
many-all = تحديد كل القائمة (*)
many-none = إلغاء التحديد (Esc)
many-choose = تحديد { $number }
many-sealed = الشكوى السرّية لا تُعالج مع غيرها.
many-help = J وK أو الأسهم للتنقل · Shift معها للتحديد أثناء التنقل · X أو المسافة للتحديد · * لكل القائمة · C تصنيف · A تحديد المسؤول · R رد · L إغلاق · / بحث · Esc رجوع
many-keys = المفاتيح (?)

many-as_recorded = كل شكوى كما سُجّلت
many-in_public = رد جماعي (لوحة إعلانات أو اجتماع)، وتُغلق على هذا الأساس
many-do = { $count ->
    [one] نفّذ لشكوى واحدة
    [two] نفّذ لشكويين
    [few] نفّذ لـ { $count } شكاوى
    [many] نفّذ لـ { $count } شكوى
   *[other] نفّذ لـ { $count } شكوى
}
many-sure = { $count ->
    [one] لشكوى واحدة؟
    [two] لشكويين؟
    [few] لـ { $count } شكاوى؟
    [many] لـ { $count } شكوى؟
   *[other] لـ { $count } شكوى؟
}
many-sure_words = تُسجَّل الخطوة في كل شكوى على حدة باسمك. ما تم يبقى، والإيقاف يكون بعد الشكوى الجارية.
many-progress = { $done } من { $all }
many-stop = توقف بعد هذه

many-ended = { $count ->
    [one] عولجت شكوى واحدة
    [two] عولجت شكويان
    [few] عولجت { $count } شكاوى
    [many] عولجت { $count } شكوى
   *[other] عولجت { $count } شكوى
}
many-done = { $count ->
    [one] تمت واحدة
    [two] تمت اثنتان
    [few] تمت { $count }
    [many] تمت { $count }
   *[other] تمت { $count }
}
many-awaits = { $count ->
    [one] واحدة منها تنتظر تأكيد الخادم، وإن رُفضت عادت ضمن «تحتاج نظرة».
    [two] اثنتان منها تنتظران تأكيد الخادم، وما يُرفض يعود ضمن «تحتاج نظرة».
    [few] { $count } منها تنتظر تأكيد الخادم، وما يُرفض يعود ضمن «تحتاج نظرة».
    [many] { $count } منها تنتظر تأكيد الخادم، وما يُرفض يعود ضمن «تحتاج نظرة».
   *[other] { $count } منها تنتظر تأكيد الخادم، وما يُرفض يعود ضمن «تحتاج نظرة».
}
many-look = { $count ->
    [one] واحدة تحتاج نظرة
    [two] اثنتان تحتاجان نظرة
    [few] { $count } تحتاج نظرة
    [many] { $count } تحتاج نظرة
   *[other] { $count } تحتاج نظرة
}
many-not_open = غير ممكن في حالة الشكوى: { $status }
many-needs_approval = الرد مقترح، ويجب أن يعتمده شخص آخر.
