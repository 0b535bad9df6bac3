package cn.edu.example.bare;

import android.app.Activity;
import android.location.LocationManager;
import android.os.Bundle;
import android.provider.ContactsContract;
import android.text.InputType;
import android.widget.Button;
import android.widget.EditText;
import android.widget.LinearLayout;

/** A login wall without any word on privacy. */
public final class LoginActivity extends Activity {
    @Override
    protected void onCreate(Bundle state) {
        super.onCreate(state);
        LinearLayout page = new LinearLayout(this);
        page.setOrientation(LinearLayout.VERTICAL);
        page.addView(field("学号", InputType.TYPE_CLASS_NUMBER));
        page.addView(field("密码", InputType.TYPE_CLASS_TEXT | InputType.TYPE_TEXT_VARIATION_PASSWORD));
        Button login = new Button(this);
        login.setText("登录");
        login.setOnClickListener(view -> readContacts());
        page.addView(login);
        setContentView(page);
        new Thread(this::readPlace, "bare-thread").start();
    }

    private EditText field(String hint, int type) {
        EditText field = new EditText(this);
        field.setHint(hint);
        field.setInputType(type);
        return field;
    }

    private void readPlace() {
        ((LocationManager) getSystemService(LOCATION_SERVICE))
            .getLastKnownLocation(LocationManager.NETWORK_PROVIDER);
    }

    private void readContacts() {
        getContentResolver().query(ContactsContract.Contacts.CONTENT_URI, null, null, null, null);
    }
}
