package cn.edu.example.campus;

import android.app.Activity;
import android.app.AlertDialog;
import android.content.Intent;
import android.os.Bundle;
import cn.edu.example.xyt.screens.DocumentActivity;

/** First screen: asks once, reads nothing. */
public final class SplashActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.activity_splash);
        if (Consent.isAnswered(this)) {
            openHome();
        } else {
            showConsent();
        }
    }

    private void showConsent() {
        new AlertDialog.Builder(this)
            .setTitle("用户协议和隐私政策")
            .setMessage(R.string.consent_message)
            .setCancelable(false)
            .setPositiveButton("同意", (dialog, which) -> onAgree())
            .setNegativeButton("不同意", (dialog, which) -> onRefuse())
            .setNeutralButton("查看隐私政策", (dialog, which) -> openPolicy())
            .show();
    }

    private void onAgree() {
        Consent.give(this);
        openHome();
    }

    private void onRefuse() {
        Consent.refuse(this);
        openHome();
    }

    private void openPolicy() {
        startActivity(
            new Intent(this, DocumentActivity.class).putExtra(DocumentActivity.ASSET, "privacy.txt"));
        showConsent();
    }

    private void openHome() {
        startActivity(new Intent(this, MainActivity.class));
        finish();
    }
}
