coverage-from = من
coverage-to = إلى
coverage-none = لا شيء للعرض
coverage-none_words = لا جلسات ولا أماكن مستهدفة في هذه الأشهر.
coverage-never = لم تجرِ مزامنة بعد: تُحسب جلسات هذا الجهاز فقط.
coverage-as_of = حتى { $moment }.
coverage-own_newer = { $count ->
    [one] أُضيف سجل أحدث من هذا الجهاز.
    [two] أُضيف سجلان أحدث من هذا الجهاز.
    [few] أُضيفت { $count } سجلات أحدث من هذا الجهاز.
    [many] أُضيف { $count } سجلاً أحدث من هذا الجهاز.
   *[other] أُضيف { $count } سجل أحدث من هذا الجهاز.
}
coverage-gaps = فجوات
coverage-gap = فجوة: لا جلسة
coverage-reached = مستهدف ومغطى
coverage-place = المكان
coverage-last = آخر جلسة
coverage-no_session = لا جلسة بعد
coverage-complaints = شكاوى الناحية
coverage-suppressed = عدد قليل لا يُعرض
coverage-show = { $count ->
    [one] أظهر جلسة واحدة
    [two] أظهر جلستين
    [few] أظهر { $count } جلسات
    [many] أظهر { $count } جلسة
   *[other] أظهر { $count } جلسة
}
coverage-elsewhere = هذه الجلسات محسوبة، لكنها ليست على هذا الجهاز.
coverage-female = نساء وفتيات
coverage-male = رجال وفتيان
coverage-unknown = غير معروف

coverage-go_next = إلى أين نذهب الآن
coverage-go_nowhere = عُقدت الجلسات في كل الأماكن المستهدفة.
coverage-silent = { $weeks ->
    [0] لا جلسة هذا الأسبوع ولا شكوى من الناحية. قد لا يعرف الناس لمن يتوجهون.
    [one] لا جلسة منذ أسبوع ولا شكوى من الناحية. قد لا يعرف الناس لمن يتوجهون.
    [two] لا جلسة منذ أسبوعين ولا شكوى من الناحية. قد لا يعرف الناس لمن يتوجهون.
    [few] لا جلسة منذ { $weeks } أسابيع ولا شكوى من الناحية. قد لا يعرف الناس لمن يتوجهون.
    [many] لا جلسة منذ { $weeks } أسبوعاً ولا شكوى من الناحية. قد لا يعرف الناس لمن يتوجهون.
   *[other] لا جلسة منذ { $weeks } أسبوع ولا شكوى من الناحية. قد لا يعرف الناس لمن يتوجهون.
}
coverage-silent_always = لم تُعقد فيه جلسة قط، ولا شكوى من الناحية. قد لا يعرف الناس لمن يتوجهون.
coverage-never_visited = لم تُعقد فيه جلسة قط
coverage-phases_missing = { $count ->
    [one] جلسة واحدة مستحقة
    [two] جلستان مستحقتان
    [few] { $count } جلسات مستحقة
    [many] { $count } جلسة مستحقة
   *[other] { $count } جلسة مستحقة
}
coverage-long_ago = { $weeks ->
    [0] لا جلسة هذا الأسبوع
    [one] لا جلسة منذ أسبوع
    [two] لا جلسة منذ أسبوعين
    [few] لا جلسة منذ { $weeks } أسابيع
    [many] لا جلسة منذ { $weeks } أسبوعاً
   *[other] لا جلسة منذ { $weeks } أسبوع
}
coverage-weeks = { $weeks ->
    [0] هذا الأسبوع
    [one] قبل أسبوع
    [two] قبل أسبوعين
    [few] قبل { $weeks } أسابيع
    [many] قبل { $weeks } أسبوعاً
   *[other] قبل { $weeks } أسبوع
}
coverage-matrix = الأماكن والمراحل
coverage-phase-before = قبل
coverage-phase-during = أثناء
coverage-phase-after = بعد
coverage-mark-not_owed = غير مطلوبة
coverage-mark-held = عُقدت دون أن تُطلب
coverage-mark-reached = مغطاة
coverage-mark-gap = فجوة
coverage-map = الخريطة
coverage-area = { $area }: فجوة في { $gaps } من { $places } من الأماكن
coverage-lines = سطراً سطراً

projects-none = لا مشاريع بعد
projects-none_words = يحدد المشروع الأماكن التي تجب فيها التوعية.
project-new = مشروع جديد
project-unknown = لا مشروع بهذا الرمز
project-over = منتهٍ
project-targets = { $count ->
    [one] مكان مستهدف واحد
    [two] مكانان مستهدفان
    [few] { $count } أماكن مستهدفة
    [many] { $count } مكاناً مستهدفاً
   *[other] { $count } مكان مستهدف
}
project-code = الرمز
project-code_hint = أحرف لاتينية وأرقام. لا يتغير أبداً.
project-name_ar = الاسم بالعربية
project-name_en = الاسم بالإنكليزية
project-donor = المانح
project-partner = الشريك المنفذ
project-starts = أول يوم
project-ends = آخر يوم
project-retire = لم يعد متاحاً للاختيار
project-targets_title = الأماكن المستهدفة
project-targets_hint = تُحسب الفجوات وفق هذه القائمة. حدد المراحل التي تجب فيها جلسة.
project-target_add = أضف مكاناً
project-caseload_f = نساء وفتيات مستهدفات
project-caseload_m = رجال وفتيان مستهدفون
project-favourites = المواضيع الأكثر استعمالاً
project-favourites_hint = { $max } على الأكثر، تظهر أولاً عند تسجيل شكوى.
project-favourite_add = أضف موضوعاً
project-focal = مسؤولو الارتباط
project-focal_hint = من يتابع الشكاوى، حسب الناحية.
project-focal_others = باقي الأماكن
project-focal_place = الناحية (اتركها فارغة لباقي الأماكن)
project-focal_add = الشخص
project-team = الفريق
project-team_hint = لا يطّلع على الشكاوى المتعلقة بالمشروع.
project-remove = إزالة { $what }
project-publish = انشر لكل الأجهزة
project-publishing = يجري النشر…
project-published = تم النشر. تصل إلى الأجهزة عند مزامنتها التالية.

plan-visit = خطط زيارة
plan-title = زيارة إلى { $place }
plan-day = في أي يوم
plan-people = من يذهب
plan-nobody = اختر شخصاً واحداً على الأقل.
plan-hint = تظهر الزيارة على هواتف الذاهبين، دون إنترنت أيضاً. المواضيع المعتادة معبأة ويمكن تغييرها عند الجلسة.
plan-save = احفظ الخطة
plan-saved = أُدرجت في الخطة. تصل إلى هواتفهم عند المزامنة التالية.
plan-mine = زيارات مقررة لك
plan-start = ابدأ
plan-not_started = تعذّر بدء الجلسة. لم يضع شيء، حاول ثانية.
plan-for = زيارة مقررة { $day }
plan-change = تعذّر الذهاب كما خُطط
plan-new_day = اليوم الجديد
plan-put_off_do = أجّل
plan-put_off = تم التأجيل.
plan-call_off_do = ألغِ الزيارة
plan-is_called_off = أُلغيت. ويرى من خططها السبب.
plan-called_off = أُلغيت
plan-postponed = مؤجلة
