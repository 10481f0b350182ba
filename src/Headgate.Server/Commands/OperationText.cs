using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary>Operations in words.</summary>
internal static class OperationText
{
    public static void Write(TextWriter output, OperationReport report)
    {
        output.WriteLine(TextTable.Plain($"{report.Id} is {report.State}: {report.Name} of {report.Api} ({report.Kind}){(report.Tenant is null ? "" : $", tenant {report.Tenant}")}"));
        Line("progress", $"{report.Progress} %{(report.Stage is null ? "" : $", at {report.Stage}")}");
        Line("message", report.Message);
        Line("attention", report.Attention);
        Line("error", report.ErrorCode is null ? null : $"{report.ErrorCode}: {report.ErrorDetail}");
        Line("resolved", report.Resolution);
        Line("owner", report.Owner);
        Line("began", $"{report.CreatedAt:u}, changed {report.UpdatedAt:u}{(report.EndedAt is { } ended ? $", ended {ended:u}" : "")}");
        Line("deadline", report.Deadline is { } deadline ? $"{deadline:u}" : null);
        Line("cancel", report.CancelRequestedAt is { } asked ? $"asked for at {asked:u}" : null);
        Line("instance", report.Instance is null ? null : $"{report.Instance}{(report.Deaths > 0 ? $", after {Counted.Of(report.Deaths, "death")} of others" : "")}");
        Line("failures", report.Failures == 0 ? null : $"{report.Failures}, unexpected");
        Line("trace", report.TraceParent);

        void Line(string name, string? text)
        {
            if (text is not null)
                output.WriteLine($"  {name,-9} {TextTable.Plain(text)}");
        }
    }
}
