// The activity around the webview: no screenshots, the phone's back button goes to the page, and a made file is kept where the person says.
// Speaks to window/native.rs by the event `sada-back` and the object `SadaShell`.
package dev.dioxus.main

import android.net.Uri
import android.os.Bundle
import android.util.Base64
import android.view.WindowManager
import android.webkit.JavascriptInterface
import android.webkit.WebView
import androidx.activity.OnBackPressedCallback
import androidx.activity.result.contract.ActivityResultContracts
import androidx.core.view.ViewCompat
import androidx.core.view.WindowInsetsCompat

typealias BuildConfig = org.sada.field.BuildConfig

class MainActivity : WryActivity() {
    // wry would walk the webview's history, which an app of one page does not have.
    override val handleBackNavigation = false

    private var webView: WebView? = null
    private var toKeep: ByteArray? = null

    private val keep = registerForActivityResult(ActivityResultContracts.CreateDocument("application/octet-stream")) { place: Uri? ->
        val bytes = toKeep
        toKeep = null
        if (place != null && bytes != null) contentResolver.openOutputStream(place)?.use { it.write(bytes) }
    }

    override fun onCreate(savedInstanceState: Bundle?) {
        // Nothing of a case in screenshots, in the list of open apps, or on a mirrored screen.
        window.setFlags(WindowManager.LayoutParams.FLAG_SECURE, WindowManager.LayoutParams.FLAG_SECURE)
        super.onCreate(savedInstanceState)
        onBackPressedDispatcher.addCallback(this, object : OnBackPressedCallback(true) {
            override fun handleOnBackPressed() {
                webView?.evaluateJavascript("window.dispatchEvent(new Event('sada-back'))", null)
            }
        })
    }

    override fun onWebViewCreate(webView: WebView) {
        this.webView = webView
        webView.isSaveEnabled = false
        webView.settings.saveFormData = false
        webView.addJavascriptInterface(Shell(), "SadaShell")
        // From target 35 on an app draws under the system's bars and the keyboard.
        ViewCompat.setOnApplyWindowInsetsListener(webView) { view, insets ->
            val bars = insets.getInsets(WindowInsetsCompat.Type.systemBars() or WindowInsetsCompat.Type.ime())
            view.setPadding(bars.left, bars.top, bars.right, bars.bottom)
            WindowInsetsCompat.CONSUMED
        }
    }

    inner class Shell {
        @JavascriptInterface
        fun leave() = runOnUiThread { moveTaskToBack(true) }

        @JavascriptInterface
        fun save(name: String, base64: String) {
            val bytes = Base64.decode(base64, Base64.DEFAULT)
            runOnUiThread {
                toKeep = bytes
                keep.launch(name)
            }
        }
    }
}
