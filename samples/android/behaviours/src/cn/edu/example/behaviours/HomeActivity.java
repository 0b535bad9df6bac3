package cn.edu.example.behaviours;

import android.app.Activity;
import android.os.Bundle;
import android.view.View;
import android.widget.Button;
import android.widget.LinearLayout;
import cn.edu.example.behaviours.later.Background;
import cn.edu.example.behaviours.later.Functions;

/** Home: each button is one function; leaving it goes on collecting. */
public final class HomeActivity extends Activity {
    private LinearLayout page;

    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        page = new LinearLayout(this);
        page.setOrientation(LinearLayout.VERTICAL);
        setContentView(page);
        button("扫一扫", view -> Functions.scan());
        button("语音留言", view -> Functions.record());
        button("签到", view -> Functions.checkIn(this));
        button("发送验证码", view -> Functions.sendCode());
        button("检查更新", view -> Functions.update(this));
    }

    @Override
    protected void onStop() {
        super.onStop();
        Background.start(this);
    }

    private void button(String label, View.OnClickListener listener) {
        Button button = new Button(this);
        button.setText(label);
        button.setOnClickListener(listener);
        page.addView(button);
    }
}
