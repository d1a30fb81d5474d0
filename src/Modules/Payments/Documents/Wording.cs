using System.Globalization;

namespace Portico.Payments.Documents;

/// <summary>What stands on papers, in the language of whoever reads them.</summary>
internal sealed record Wording(
    string Receipt, string Invoice, string CreditNote, string Returned, string Number, string Date, string To, string For, string Quantity, string Price, string Tax,
    string Amount, string Net, string Total, string Period, string About, string VatId, string Statement, string Opening, string Closing, char Point)
{
    private static readonly Wording English = new(
        "Receipt", "Invoice", "Credit note", "Receipt for a refund that came back", "Number", "Date", "To", "Description", "Quantity", "Price", "Tax",
        "Amount", "Net", "Total", "Period", "About", "VAT id", "Statement", "Owed before", "Owed after", '.');

    private static readonly Wording Italian = new(
        "Ricevuta", "Fattura", "Nota di credito", "Ricevuta per un rimborso tornato", "Numero", "Data", "A", "Descrizione", "Quantità", "Prezzo", "IVA",
        "Importo", "Imponibile", "Totale", "Periodo", "Riferimento", "Partita IVA", "Estratto conto", "Dovuto prima", "Dovuto dopo", ',');

    public static Wording In(string language) => language == "it" ? Italian : English;

    /// <summary>The one of ours that a browser likes best; the house's when it likes neither.</summary>
    public static Wording OfBrowser(string? acceptLanguage, string house) => In(
        (acceptLanguage ?? "").Split(',').Select(one => one.Split(';'))
            .OrderByDescending(one => one.Length > 1 && decimal.TryParse(one[1].Trim().TrimStart('q').TrimStart('='), NumberStyles.Number, CultureInfo.InvariantCulture, out var weight) ? weight : 1)
            .Select(one => one[0].Trim().Split('-')[0]).FirstOrDefault(one => one is "en" or "it") ?? house);

    public string Money(decimal amount, string currency) =>
        $"{amount.ToString($"F{Platform.Amounts.Money.MinorUnits(currency)}", CultureInfo.InvariantCulture).Replace('.', Point)} {currency}";

    public string Digits(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture).Replace('.', Point);

    public string Kind(DocumentRow document) => document.Kind switch
    {
        Receipts.CreditNote => CreditNote,
        Invoices.Kind => Invoice,
        _ => document.RefundId is null ? Receipt : Returned,
    };

    /// <summary>What a posting did to what is owed.</summary>
    public string Posting(string kind) => (kind, Point) switch
    {
        ("charge", ',') => "Addebito",
        ("payment", ',') => "Pagamento",
        ("cancellation", ',') => "Annullamento",
        ("adjustment", ',') => "Rettifica",
        ("charge", _) => "Charge",
        ("payment", _) => "Payment",
        ("cancellation", _) => "Called off",
        ("adjustment", _) => "Adjustment",
        _ => kind,
    };
}
