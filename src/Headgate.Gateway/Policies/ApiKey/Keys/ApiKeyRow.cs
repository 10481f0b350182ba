using System.Text.Json;
using Headgate.Storage;

namespace Headgate.Gateway.Policies.ApiKey.Keys;

/// <summary>Reads a row of the table of API keys. Stateless, thread-safe.</summary>
internal static class ApiKeyRow
{
    private const string NoRoles = "[]";

    /// <summary>Reads the columns in the order in which <see cref="ApiKeyTable"/> names them.</summary>
    public static StoredApiKey Read(StoreRow row)
    {
        string roles = row.GetString(5);
        var key = new ApiKeyRecord
        {
            Id = row.GetString(0),
            Name = row.GetString(1),
            Owner = row.GetStringOrNull(2),
            Tenant = row.GetStringOrNull(3),
            Scopes = row.GetString(4).Split(' ', StringSplitOptions.RemoveEmptyEntries),
            Roles = roles == NoRoles ? [] : JsonSerializer.Deserialize(roles, ApiKeyJson.Default.IReadOnlyListApiKeyRole)!,
            CreatedAt = row.GetTime(6),
            RotatedAt = row.GetTimeOrNull(7),
            PreviousUntil = row.GetTimeOrNull(8),
            ExpiresAt = row.GetTimeOrNull(9),
            RevokedAt = row.GetTimeOrNull(10),
            LastUsedAt = row.GetTimeOrNull(11),
        };
        return new StoredApiKey(key, new ApiKeyDigest(row.GetBytes(12)), row.GetBytesOrNull(13) is { } previous ? new ApiKeyDigest(previous) : null, row.GetInt64(14));
    }
}
