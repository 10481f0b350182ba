namespace Headgate.Server.Admin;

/// <summary>How the secret of a service account is changed.</summary>
/// <param name="OverlapSeconds">How long the secret so far holds beside the new one.</param>
internal sealed record RotateServiceAccountRequest(long OverlapSeconds);
