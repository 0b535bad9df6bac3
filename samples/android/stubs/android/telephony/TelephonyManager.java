package android.telephony;

import java.util.List;

/** Signatures up to API 26, compile only. */
public class TelephonyManager {
    public String getDeviceId() { throw new RuntimeException("Stub!"); }
    public String getDeviceId(int slot) { throw new RuntimeException("Stub!"); }
    public String getImei() { throw new RuntimeException("Stub!"); }
    public String getImei(int slot) { throw new RuntimeException("Stub!"); }
    public String getMeid() { throw new RuntimeException("Stub!"); }
    public String getSubscriberId() { throw new RuntimeException("Stub!"); }
    public String getSimSerialNumber() { throw new RuntimeException("Stub!"); }
    public String getLine1Number() { throw new RuntimeException("Stub!"); }
    public String getNetworkOperator() { throw new RuntimeException("Stub!"); }
    public String getNetworkOperatorName() { throw new RuntimeException("Stub!"); }
    public String getSimOperator() { throw new RuntimeException("Stub!"); }
    public int getSimState() { throw new RuntimeException("Stub!"); }
    public CellLocation getCellLocation() { throw new RuntimeException("Stub!"); }
    public List<CellInfo> getAllCellInfo() { throw new RuntimeException("Stub!"); }
}
