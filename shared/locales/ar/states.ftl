### حالة السجل: الشارات في القوائم وصفحات الشكاوى.

## حالات الشكوى.
status-draft = مسودة
status-registered = مسجلة
status-triaged = مصنفة
status-assigned = حُدِّد المسؤول عنها
status-in_progress = قيد المعالجة
status-on_hold = متوقفة مؤقتاً
status-answer_ready = الرد معتمد وجاهز للإيصال
status-responded = تم الرد
status-closed = مغلقة
status-sealed = سرّية (وصول مقيّد)
status-referred_out = محالة إلى جهة خارجية
status-merged = مدموجة (مكررة)
status-void = ملغاة

## طريق السجل إلى الخادم.
sync-on_phone = على هذا الهاتف
sync-on_server = وصل إلى الخادم
sync-seen = اطّلع عليه موظف المساءلة
sync-needs_attention = بحاجة إلى انتباهك

## الأمر نفسه في جملة واحدة.
sync-long-on_phone = محفوظ على هذا الهاتف فقط، وسيُرسل عند توفر الاتصال.
sync-long-on_server = وصل إلى الخادم.
sync-long-seen = فتحه موظف المساءلة أو أكّد استلامه.
sync-long-needs_attention = هناك أمر يحتاج إلى مراجعة: افتحه لترى المطلوب.

## ما صار إليه الإجراء.
standing-counts = محتسب
standing-awaits = بانتظار التأكيد
standing-refused = مرفوض
standing-not_counted = محفوظ وغير محتسب

## ما يراه الشخص من سجل أرسله ولم يعد لديه.
own-received = تم الاستلام
own-answered = تم الرد
own-closed = مغلقة

## أعداد المشاركين السبعة في جلسة التوعية.
count-f_u18 = فتيات دون 18
count-m_u18 = فتيان دون 18
count-f_18_59 = نساء 18 إلى 59
count-m_18_59 = رجال 18 إلى 59
count-f_60 = نساء 60 فأكثر
count-m_60 = رجال 60 فأكثر
count-unknown = غير معروف

flag-closed_while_new_information = أُغلقت بينما كانت معلومات جديدة في الطريق، ففُتحت من جديد. انظر ما الجديد.
flag-concurrent_levels = حدّد شخصان مستويين مختلفين دون علم أحدهما بالآخر. يسري الأعلى حتى يعيد أحد تصنيفها.
flag-stated_day_replaced = لم يُقبل اليوم المذكور للرد أو الإغلاق، فيُحتسب يوم وصوله إلى الخادم.
flag-answered_without_approval = قيل للشخص رد لم يعتمده أحد. اعتمد رداً ثم سجّل أنه أُبلغ به.
flag-tally_only = عدد فقط: لم يوافق الشخص على تسجيل كلامه.
