using System.Text.Json;
using Headgate.Gateway.Policies.Authentication;
using Headgate.Gateway.Policies.Authorize;

namespace Headgate.Gateway.Policies.Jwt;

/// <summary>
/// Reads the claim of the roles: a list of names, or of objects with <c>role</c>, <c>scope</c> and <c>permissions</c>. What a role without <c>permissions</c> permits, the store says.
/// </summary>
internal static class RoleClaims
{
    /// <summary>The most roles of a token.</summary>
    public const int MostRoles = 64;

    /// <summary>The most permissions of a role.</summary>
    public const int MostPermissions = 128;

    /// <summary>Reads the claim at whose name the reader stands; null when it is something else.</summary>
    public static IReadOnlyList<RoleGrant>? Read(Utf8JsonReader reader)
    {
        var roles = new List<RoleGrant>();
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return [NameAlone(ref reader)];
        if (reader.TokenType != JsonTokenType.StartArray)
            return null;
        while (reader.Read() && reader.TokenType is JsonTokenType.String or JsonTokenType.StartObject)
        {
            RoleGrant? role = reader.TokenType == JsonTokenType.String ? NameAlone(ref reader) : ReadRole(ref reader);
            if (role is null || roles.Count == MostRoles)
                return null;
            roles.Add(role);
        }

        return reader.TokenType == JsonTokenType.EndArray ? roles : null;
    }

    private static RoleGrant NameAlone(ref Utf8JsonReader reader) => new(reader.GetString()!, null, []) { IsDefinedInStore = true };

    private static RoleGrant? ReadRole(ref Utf8JsonReader reader)
    {
        string? name = null;
        RoleScope? scope = null;
        List<string>? permissions = null;
        bool hasScope = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // A member that stands twice says two things: the role says neither.
            if (reader.ValueTextEquals("role"u8))
            {
                if (name is not null || !ReadText(ref reader, out name))
                    return null;
            }
            else if (reader.ValueTextEquals("scope"u8))
            {
                if (hasScope || !ReadScope(ref reader, out scope))
                    return null;
                hasScope = true;
            }
            else if (reader.ValueTextEquals("permissions"u8))
            {
                if (permissions is not null || !reader.Read() || reader.TokenType != JsonTokenType.StartArray || (permissions = ClaimLists.Strings(ref reader, MostPermissions)) is null)
                    return null;
            }
            else
            {
                reader.Skip();
            }
        }

        return name is null ? null : new RoleGrant(name, scope, [.. (permissions ?? []).Select(permission => new PermissionPattern(permission))]) { IsDefinedInStore = permissions is null };
    }

    // A scope that is not understood must not be taken for none, which would be everywhere.
    private static bool ReadScope(ref Utf8JsonReader reader, out RoleScope? scope)
    {
        scope = ReadText(ref reader, out string? text) ? RoleScope.TryParse(text!) : null;
        return scope is not null || reader.TokenType == JsonTokenType.Null;
    }

    private static bool ReadText(ref Utf8JsonReader reader, out string? text)
    {
        text = reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return text is not null;
    }
}
