using Headgate.OpenApi.Diagnostics;

namespace Headgate.OpenApi.Model.Grammar;

/// <summary>What a condition of a rule may use.</summary>
internal sealed record ConditionScope(OpenApiVersion Version, DiagnosticBag Diagnostics);
