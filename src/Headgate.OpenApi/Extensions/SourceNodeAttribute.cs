namespace Headgate.OpenApi.Extensions;

/// <summary>Marks the property into which the binder puts the node that a record was bound from, for diagnostics of its checker.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SourceNodeAttribute : Attribute;
