package cn.example.reach;

import android.app.AlertDialog;
import android.content.ComponentName;
import android.content.Context;
import android.content.Intent;
import android.content.ServiceConnection;
import android.os.Bundle;
import android.os.Handler;
import android.os.IBinder;
import android.os.Looper;
import android.view.View;
import android.widget.EditText;
import cn.example.reach.components.BoundService;
import cn.example.reach.screens.AutomaticActivity;
import cn.example.reach.screens.TappedActivity;
import cn.example.reach.tap.NameWatcher;
import cn.example.reach.tap.TapCases;

/** The first screen; its launcher entry is an alias. */
public final class StartActivity extends BaseActivity {
    private final ServiceConnection connection = new ServiceConnection() {
        @Override
        public void onServiceConnected(ComponentName name, IBinder binder) {
            Reads.serviceConnected(StartActivity.this);
        }

        @Override
        public void onServiceDisconnected(ComponentName name) {}
    };

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        Reads.activityOnCreateThroughAlias(this);
        bindService(new Intent(this, BoundService.class), connection, Context.BIND_AUTO_CREATE);
        new Handler(Looper.getMainLooper()).postDelayed(
            () -> startActivity(new Intent(this, AutomaticActivity.class)), 1000);
        showConsent();
    }

    @Override
    protected void arrange() {
        setContentView(R.layout.main);
        findViewById(R.id.agree).setOnClickListener(view -> {
            TapCases.afterTap(this);
            startActivity(new Intent(this, TappedActivity.class));
        });
        findViewById(R.id.agree).setOnLongClickListener(view -> {
            Reads.longClick(this);
            return true;
        });
        ((EditText) findViewById(R.id.name)).addTextChangedListener(new NameWatcher(this));
        findViewById(R.id.agree).post(() -> Reads.viewPost(this));
        findViewById(R.id.agree).getViewTreeObserver().addOnGlobalLayoutListener(
            () -> Reads.globalLayoutListener(this));
    }

    private void showConsent() {
        new AlertDialog.Builder(this)
            .setMessage("请阅读隐私政策")
            .setPositiveButton("同意", (dialog, which) -> Reads.consentAgree(this))
            .setNegativeButton("不同意", (dialog, which) -> Reads.consentRefuse(this))
            .show();
    }

    @Override
    protected void onResume() {
        super.onResume();
        Reads.activityOnResume(this);
    }

    @Override
    public void onWindowFocusChanged(boolean focus) {
        super.onWindowFocusChanged(focus);
        Reads.activityOnWindowFocusChanged(this);
    }

    @Override
    public void onBackPressed() {
        Reads.backPressed(this);
        super.onBackPressed();
    }

    @Override
    protected void onActivityResult(int request, int result, Intent data) {
        Reads.activityResult(this);
    }

    @Override
    public void onRequestPermissionsResult(int request, String[] permissions, int[] results) {
        Reads.permissionResult(this);
    }

    /** Named by android:onClick in the layout. */
    public void tapInLayout(View view) {
        Reads.clickInLayout(this);
    }
}
