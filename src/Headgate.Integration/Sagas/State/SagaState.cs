using Headgate.Gateway.Calls;
using Headgate.Gateway.Values;
using Headgate.Integration.Sagas.Progress;

namespace Headgate.Integration.Sagas.State;

/// <summary>All that is kept of a saga: what the client sent, how far it is, what its steps answered, and what the client is told. Not thread-safe.</summary>
internal sealed class SagaState : KnownAnswers
{
    private readonly StepAnswer[] _answers;
    private readonly ReadOnlyMemory<byte> _json;

    public SagaState(ClientSnapshot client, bool isJson, SagaProgress progress, StepAnswer[] answers)
    {
        (Client, IsJson, Progress, _answers) = (client, isJson, progress, answers);
        _json = isJson ? client.Body : default;
    }

    /// <summary>What the client sent.</summary>
    public ClientSnapshot Client { get; }

    /// <summary>Whether its body is JSON.</summary>
    public bool IsJson { get; }

    /// <summary>How far it is.</summary>
    public SagaProgress Progress { get; }

    /// <summary>What the client is told; null while the saga goes forward, and when it succeeded.</summary>
    public SagaFailure? Failure { get; set; }

    /// <summary>The header fields of the answer of a saga that succeeded.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> AnswerFields { get; set; } = [];

    /// <summary>What the steps answered.</summary>
    public IReadOnlyList<StepAnswer> Answers => _answers;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Body => _json;

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> AnswerOf(int position) => _answers[position].Body;

    /// <inheritdoc/>
    public override bool IsLost(int position) => _answers[position].IsLost;

    /// <summary>Takes note of a step's answer.</summary>
    public void Take(int step, StepAnswer answer) => _answers[step] = answer;

    /// <summary>What is kept of it once it has ended: how each step did, and what the client is told. What the client sent and the services answered on the way is nobody's any more.</summary>
    public SagaState AtItsEnd()
    {
        ClientSnapshot client = Client with { Path = "", Query = "", PathSlices = [], Fields = [], Body = default, Claims = [] };
        return new SagaState(client, isJson: false, Progress, [.. _answers.Select(answer => answer with { Body = default, Location = null })]) { Failure = Failure, AnswerFields = AnswerFields };
    }

    /// <summary>The bytes of all answers that are kept.</summary>
    public int AnswerBytes => _answers.Sum(answer => answer.Body.Length);
}
