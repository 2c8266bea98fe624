session-where = أين ومتى
session-who = لمن وعن ماذا
session-kind = الآن أم مخطط لها؟
session-now = الآن أو عُقدت
session-planned = مخطط لها
session-projects = المشاريع
session-save_plan = احفظ الخطة
session-save_count = احفظ وابدأ العدّ

sessions-none = لا جلسات
sessions-none_words = تظهر هنا الجلسات التي تخطط لها أو تعقدها.
session-attendances = { $count ->
    [one] حضور واحد
    [two] حضوران
    [few] { $count } حضور
    [many] { $count } حضوراً
   *[other] { $count } حضور
}
session-approximate = فيها تقدير
session-void = أُدخلت بالخطأ. تبقى ولا تُحسب.
session-overcorrected = خفّض شخصان العدد نفسه في وقت واحد، فطُرح أكثر مما عُدّ. صحّح العدد أدناه: أدخل العدد الصحيح والسبب.

session-counting = العدّ
session-total = الحضور
session-add_one = { $group }: { $number }. أضف واحداً
session-take_one = { $group }: تراجع عن واحد
session-add_ten = { $group }: أضف عشرة
session-taps_kept = { $count ->
    [one] نقرة واحدة محفوظة على الهاتف، وتُكتب بعد توقف قصير.
    [two] نقرتان محفوظتان على الهاتف، وتُكتبان بعد توقف قصير.
    [few] { $count } نقرات محفوظة على الهاتف، وتُكتب بعد توقف قصير.
    [many] { $count } نقرة محفوظة على الهاتف، وتُكتب بعد توقف قصير.
   *[other] { $count } نقرة محفوظة على الهاتف، وتُكتب بعد توقف قصير.
}
session-taps_written = كل النقرات مكتوبة.
session-with_estimates = مع التقديرات: { $total } حضور

estimate-open = تقدير بدل العدّ
estimate-hint = التقدير خاص بك، ولا يُجمع مع تقدير زميلك.
estimate-side = ماذا قدّرت؟
estimate-total = المجموع دون تفصيل
estimate-disability = منهم ذوو إعاقة
estimate-save = احفظ التقدير
estimate-saved = حُفظ التقدير.

correct-open = صحّح عدداً
correct-which = أي عدد
correct-right = العدد الصحيح
correct-now = الآن: { $count }
correct-save = صحّح
correct-saved = تم التصحيح.

staff-title = إذا أخبرك أحد بشيء
staff-about = لجميع الموظفين والشركاء والعمال. اعرضها أو اقرأها بصوت مسموع.
staff-do = افعل
staff-do_listen = استمع بهدوء، في مكان لا يسمعكما فيه أحد.
staff-do_thank = اشكره على ثقته، وخذ كلامه على محمل الجد.
staff-do_ask = إن احتجت إلى السؤال: مَن ومتى وأين وماذا. ولا تطلب أكثر مما يريد قوله.
staff-do_duty = قل بصراحة إن عليك الإبلاغ عن الإساءة والخطر، وإنك تبلغ المختص وحده.
staff-do_report = أبلغ خلال 24 ساعة: فريق المساءلة أو مسؤول الحماية المختص.
staff-do_help = أخبره أين يجد المساعدة إن أرادها. المساعدة لا تنتظر أي تحقيق.
staff-dont = لا تفعل
staff-dont_why = لا تسأل لماذا حدث ذلك، ولا تلُم أحداً.
staff-dont_investigate = لا تحقق، ولا تكلّم الشخص المعنيّ بالشكوى.
staff-dont_record = لا تصوّر ولا تسجّل الصوت.
staff-dont_promise = لا تعد بسرية تامة ولا بنتيجة.
staff-dont_tell = لا تخبر زملاءك أو مديرك أو أهلك. لا يُعاقَب أحد لأنه تكلّم.
