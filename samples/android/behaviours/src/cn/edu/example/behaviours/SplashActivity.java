package cn.edu.example.behaviours;

import android.app.Activity;
import android.app.AlertDialog;
import android.content.Intent;
import android.os.Bundle;
import android.widget.LinearLayout;
import android.widget.TextView;
import cn.edu.example.behaviours.later.Agreement;
import cn.edu.example.behaviours.later.Refusal;
import cn.edu.example.behaviours.later.Relaunch;
import cn.edu.example.behaviours.start.Media;
import cn.edu.example.behaviours.start.People;
import cn.edu.example.behaviours.start.Screen;

/** First screen: reads in every step of its life cycle, then asks for consent. */
public final class SplashActivity extends Activity {
    private TextView words;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        LinearLayout page = new LinearLayout(this);
        words = new TextView(this);
        words.setText(R.string.app_name);
        page.addView(words);
        setContentView(page);
        int launches = Plan.countLaunch(this);
        People.readAll(this);
        Media.openAll(this);
        Screen.open(this, page);
        Plan.once(this, "permission-request", this::askPermissions);
        if (Plan.refused(this) && !Plan.agreed(this) && launches > 1) {
            Relaunch.readAll(this);
        }
        if (Plan.agreed(this)) {
            openHome();
        } else {
            showConsent();
        }
    }

    @Override
    protected void onStart() {
        super.onStart();
        Plan.once(this, "on-start-updates", () -> Screen.subscribeLocation(this));
    }

    @Override
    protected void onResume() {
        super.onResume();
        Plan.once(this, "on-resume-sms", () -> People.querySms(this));
    }

    private void askPermissions() {
        requestPermissions(
            new String[] {"android.permission.READ_CONTACTS", "android.permission.RECORD_AUDIO"}, 1);
    }

    private void showConsent() {
        new AlertDialog.Builder(this)
            .setTitle("用户协议和隐私政策")
            .setMessage(R.string.consent_message)
            .setCancelable(false)
            .setPositiveButton("同意", (dialog, which) -> agree())
            .setNegativeButton("不同意", (dialog, which) -> refuse())
            .show();
    }

    private void agree() {
        Plan.decide(this, true);
        Agreement.readAll(this);
        openHome();
    }

    private void refuse() {
        Plan.decide(this, false);
        words.setText("您已拒绝，可随时重新打开");
        Refusal.readAll(this);
    }

    private void openHome() {
        startActivity(new Intent(this, HomeActivity.class));
        finish();
    }
}
