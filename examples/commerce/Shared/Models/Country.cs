using System.Text.Json.Serialization;

namespace Commerce.Shared.Models;

internal enum Country
{
    [JsonStringEnumMemberName("US")] UnitedStates,
    [JsonStringEnumMemberName("UK")] UnitedKingdom,
    [JsonStringEnumMemberName("DE")] Germany,
    [JsonStringEnumMemberName("FR")] France,
    [JsonStringEnumMemberName("JP")] Japan,
}
