using Headgate.Integration.Operations;

namespace Headgate.Server.Reporting;

/// <summary>Says in words what happens next to an operation, and what an operator can do.</summary>
internal static class OperationOutlook
{
    public static IReadOnlyList<string> Of(OperationRecord record) => record switch
    {
        { Attention: not null } =>
        [
            $"It stays as it is until somebody has seen to it: mend the cause and run 'headgate operations retry {record.Id}', which goes on from where it was;",
            $"or do by other means what is left, and note it: 'headgate operations resolve {record.Id} --note TEXT'.",
        ],
        { State: OperationState.Pending } => ["An instance goes on with it within 5 seconds, unless none knows its kind: then it is given up after 10 minutes."],
        { State: OperationState.Cancelling } => ["Whoever is at it was told to end, and does so as soon as what is under way has an answer."],
        { HasEnded: false } =>
        [
            "An instance is at it. When that one dies, another goes on with it within 35 seconds.",
            $"'headgate operations cancel {record.Id}' asks for its end.",
        ],
        { Resolution: { } note } => [$"It is settled: {note}"],
        _ => ["It has ended: nothing more happens, until it is deleted."],
    };
}
