package cn.edu.example.xyt.pages;

import cn.edu.example.xyt.collect.LocationProbe;
import cn.edu.example.xyt.screens.Page;
import com.amap.api.location.AMapLocationClient;

/** 签到: reads the place after the button is pressed. */
public final class CheckInActivity extends Page {
    @Override
    protected void fill() {
        heading("课堂签到");
        button("立即签到", view -> {
            new AMapLocationClient(getApplicationContext()).startLocation();
            LocationProbe.readLast(this);
            text("签到成功");
        });
    }
}
