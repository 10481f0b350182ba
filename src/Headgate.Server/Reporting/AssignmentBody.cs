namespace Headgate.Server.Reporting;

/// <summary>To whom a role is to be assigned.</summary>
/// <param name="Subject"><c>user:ID</c>, <c>service-account:ID</c> or <c>api-key:ID</c>.</param>
/// <param name="Tenant">The tenant for whose requests; <c>*</c> for all, null for those without one.</param>
/// <param name="Role">The role.</param>
/// <param name="Scope">Where among those; null for everywhere.</param>
internal sealed record AssignmentBody(string Subject, string? Tenant, string Role, string? Scope);
