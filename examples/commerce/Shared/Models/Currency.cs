using System.Text.Json.Serialization;

namespace Commerce.Shared.Models;

internal enum Currency
{
    [JsonStringEnumMemberName("USD")] Usd,
    [JsonStringEnumMemberName("EUR")] Eur,
    [JsonStringEnumMemberName("GBP")] Gbp,
    [JsonStringEnumMemberName("JPY")] Jpy,
}
