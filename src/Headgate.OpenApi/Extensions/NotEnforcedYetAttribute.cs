namespace Headgate.OpenApi.Extensions;

/// <summary>
/// Marks a setting on which nothing in this build acts. A document that gives it loads with a warning, and <c>headgate routes</c>
/// lists it. Removed together with the work that enforces it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotEnforcedYetAttribute : Attribute;
