using Headgate.OpenApi.Extensions;

namespace Headgate.Gateway.Plans.Listing;

/// <summary>One thing that a part of a plan was compiled to do.</summary>
/// <param name="Name">What it is about, such as <c>retry.attempts</c>; unique in its part.</param>
/// <param name="Value">What holds, equal for two plans exactly when they do the same. Never a secret: a reference to one stays a reference.</param>
public sealed record PlanSetting(string Name, string Value)
{
    /// <summary>The settings of an extension's record, each under its path; those that are not given and have no value of their own are left out.</summary>
    /// <param name="name">The path of the record.</param>
    /// <param name="record">The record; null for none.</param>
    public static IEnumerable<PlanSetting> Of(string name, object? record) =>
        record is null ? [] : SettingLines.Of(name, ExtensionJson.Write(record)).Where(line => line.Value != SettingLines.None).Select(line => new PlanSetting(line.Path, line.Value));
}
