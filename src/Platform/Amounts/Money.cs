namespace Portico.Platform.Amounts;

/// <summary>Amounts as they are paid.</summary>
public static class Money
{
    /// <summary>Half to even, so that many halves do not add up in anybody's favour.</summary>
    public static decimal Round(decimal amount, string currency) => Math.Round(amount, MinorUnits(currency), MidpointRounding.ToEven);

    /// <summary>Whether it can be paid: no more digits after the point than the currency has, be they zero.</summary>
    public static bool IsPayable(decimal amount, string currency) => amount > 0 && amount.Scale <= MinorUnits(currency);

    /// <summary>The digits after the point, by ISO 4217.</summary>
    public static int MinorUnits(string currency) => currency switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF"
            or "UGX" or "UYI" or "VND" or "VUV" or "XAF" or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        "CLF" or "UYW" => 4,
        _ => 2,
    };
}
