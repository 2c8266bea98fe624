## A place that is in no list, in the field and at the desk.
unlisted-ask = المكان غير موجود في القائمة
unlisted-name = اسمه كما يسميه الناس
unlisted-hint = اختر أعلاه القرية أو البلدة التي يقع فيها، أو الناحية. يضيفه موظف المساءلة إلى القائمة. لا تكتب اسم شخص هنا.
field-place-unlisted = المكان كما سُمّي في الميدان
sites-title = أماكن بحاجة إلى تحديد
sites-explained = أسماء من الميدان غير موجودة في أي قائمة. إلى أن تُحدَّد، تُحسب سجلاتها في القرية أو البلدة المحيطة بها.
sites-none = كل الأماكن محددة
sites-none_words = حين يذكر أحد في الميدان مكاناً غير موجود في القائمة، يظهر هنا.
sites-where =
    { $place } · { $records ->
        [zero] لا سجلات
        [one] سجل واحد
        [two] سجلان
        [few] { $records } سجلات
        [many] { $records } سجلاً
       *[other] { $records } سجل
    }
sites-is = إنه { $place }
sites-is_listed = إنه مكان موجود في القائمة
sites-which = أي مكان هو؟
sites-new = إنه موقع جديد
sites-community = القرية أو البلدة
sites-everybody = يصل الموقع الجديد إلى أجهزة الجميع ويبقى في القائمة.
sites-add = أضف وحدّد
sites-busy = يجري تصحيح السجلات…
sites-mapped =
    { $records ->
        [zero] لم يتغير شيء
        [one] سجل واحد يُحسب هناك الآن
        [two] سجلان يُحسبان هناك الآن
        [few] { $records } سجلات تُحسب هناك الآن
        [many] { $records } سجلاً تُحسب هناك الآن
       *[other] { $records } سجل تُحسب هناك الآن
    }
