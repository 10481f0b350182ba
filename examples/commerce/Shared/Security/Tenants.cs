namespace Commerce.Shared.Security;

/// <summary>The shops that share the installation. Their users, orders, payments and messages never meet.</summary>
internal static class Tenants
{
    public const string Acme = "acme";
    public const string Globex = "globex";

    /// <summary>The tenant that a person who signs up without naming one belongs to.</summary>
    public const string Default = Acme;

    public static bool Exists(string tenantId) => tenantId is Acme or Globex;
}
