### الخط الساخن: البحث برقم، والاتصالات المطلوبة اليوم، والمكالمة التي انقطعت.

## البحث بحقل واحد.
look_up-title = البحث برقم
look_up-label = رقم الإيصال أو رقم الهاتف
look_up-hint = بأي أرقام: ٠٩٣٣، ‎+963، ‎+90
look_up-do = ابحث
look_up-problem_not_a_number = اكتب رقم إيصال من تسعة أرقام أو رقم هاتف.
look_up-problem_not_a_ref_no = أحد أرقام الإيصال خاطئ. اطلب من المتصل أن يقرأه مرة أخرى.
look_up-none = لا شيء بهذا الرقم
look_up-none_words = لا شكوى بهذا الرقم مما يحق لك الاطلاع عليه. قد تكون مغلقة: عندها يُعثر عليها برقم الإيصال فقط.
look_up-none_here = ليس على هذا الجهاز، ولم يمكن سؤال الخادم.
look_up-ask_server = اسأل الخادم
look_up-from_server = من الخادم. سُجّل أنك بحثت عنه.
look_up-begin = شكوى جديدة بهذا الرقم

## المكالمة التي انقطعت، في نموذج الشكوى.
dropped-do = انقطع الاتصال
dropped-title = حفظ ما قيل حتى الآن؟
dropped-words = يُحفظ كتواصل غير مكتمل، وما لم يُسأل عنه يبقى «غير معروف». إن كان رقم الهاتف مكتوباً يظهر في قائمة الاتصالات.
dropped-saved = حُفظ كتواصل غير مكتمل.
dropped-place = اختر المكان أولاً، ثم اضغط «انقطع الاتصال» مرة أخرى.

## الاتصالات المطلوبة اليوم.
calls-title = اتصالات اليوم
calls-nav = الاتصالات
calls-left = { $count ->
    [one] اتصال واحد
    [two] اتصالان
    [few] { $count } اتصالات
    [many] { $count } اتصالاً
   *[other] { $count } اتصال
}
calls-none = لا اتصالات اليوم
calls-none_words = يظهر هنا كل من يجب الاتصال به: رد جاهز، أو مكالمة انقطعت، أو محاولة لم تنجح.
calls-script_title = ماذا تقول
calls-script = «السلام عليكم. هل الوقت مناسب للحديث معك؟»
calls-script_then = لا تذكر المنظمة ولا الموضوع قبل التأكد: اسأل عن رقم الإيصال وأول ما ذُكر في الشكوى، وليس عن الاسم. إن أجاب شخص آخر فاكتفِ بالسلام.
calls-why_answer = الرد جاهز لإيصاله
calls-why_dropped = انقطعت المكالمة
calls-why_first_try = لم يحاول أحد التواصل بعد
calls-why_retry = حاول مرة أخرى
calls-why_unreachable = المحاولات كافية
calls-since = منذ { $day }
calls-unsafe = الاتصال به غير آمن
calls-safety_unknown = لم يُسأل إن كان الاتصال آمناً
calls-safe = الاتصال آمن
calls-no_message = لا تترك رسالة
calls-mode = الطريقة
calls-result = ماذا حدث؟
calls-pending = { $result }. تُحفظ بعد لحظات.
calls-undo = تراجع
calls-saved = حُفظت المحاولة.
calls-fills_tries = { $done } من { $needed } محاولات
calls-fills_ways = { $ways } من { $needed } طرق، أو { $times } من { $moments } أوقات
calls-fills_days = اليوم { $done } من { $needed }
calls-give_answer = سجّل إيصال الرد
calls-close = أغلق: تعذر الوصول
calls-take_up_first = المحاولات كافية، لكن يجب أن تبدأ معالجتها قبل إغلاقها.
