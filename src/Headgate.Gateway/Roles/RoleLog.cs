using Headgate.Gateway.Policies.Authentication;
using Microsoft.Extensions.Logging;

namespace Headgate.Gateway.Roles;

/// <summary>Log messages of roles and their assignments. Event ids 3110–3149.</summary>
internal static partial class RoleLog
{
    [LoggerMessage(3110, LogLevel.Information, "The role {Role} permits {Permissions}")]
    public static partial void Set(ILogger logger, string role, string permissions);

    [LoggerMessage(3111, LogLevel.Information, "The role {Role} is deleted")]
    public static partial void Deleted(ILogger logger, string role);

    [LoggerMessage(3112, LogLevel.Information, "{Subject} has the role {Assignment} ({Id})")]
    public static partial void Assigned(ILogger logger, Subject subject, RoleAssignment assignment, string id);

    [LoggerMessage(3113, LogLevel.Information, "{Subject} has the role {Assignment} no longer ({Id})")]
    public static partial void Unassigned(ILogger logger, Subject subject, RoleAssignment assignment, string id);

    [LoggerMessage(3114, LogLevel.Error, "Role assignments cannot be read ({Reason}); those of {ReadAt} stay in force")]
    public static partial void CannotRead(ILogger logger, string reason, DateTimeOffset? readAt);

    [LoggerMessage(3115, LogLevel.Information, "Role assignments are read again")]
    public static partial void ReadAgain(ILogger logger);
}
