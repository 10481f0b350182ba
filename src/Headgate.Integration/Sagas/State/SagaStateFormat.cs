using Headgate.Gateway.Calls;
using Headgate.Gateway.Errors;
using Headgate.Gateway.Telemetry;
using Headgate.Integration.Sagas.Definitions;
using Headgate.Integration.Sagas.Progress;

namespace Headgate.Integration.Sagas.State;

/// <summary>The form in which the state of a saga is kept. Stateless.</summary>
internal static class SagaStateFormat
{
    private const int Version = 3;

    // Without whether answers of steps were too large.
    private const int SecondVersion = 2;

    // Without the locations of what steps made.
    private const int FirstVersion = 1;

    /// <summary>Writes a state.</summary>
    public static byte[] Write(SagaState state)
    {
        var data = new DataWriter();
        data.Write(Version);
        Write(data, state.Client);
        data.Write(state.IsJson ? 1 : 0);
        SagaProgress progress = state.Progress;
        data.Write((int)progress.Phase);
        data.Write((int)progress.Cause);
        data.Write(progress.FailedStep);
        data.Write(progress.Steps.Count);
        for (int i = 0; i < progress.Steps.Count; i++)
        {
            data.Write((int)progress.Steps[i]);
            data.Write(state.Answers[i].Status);
            data.Write(state.Answers[i].Body.Span);
            data.Write(state.Answers[i].Location);
            data.Write(state.Answers[i].IsLost ? 1 : 0);
        }

        Write(data, state.Failure);
        data.Write(state.AnswerFields);
        return data.ToArray();
    }

    /// <summary>Reads a state.</summary>
    /// <param name="bytes">What was written.</param>
    /// <param name="shape">The saga's shape; null to look at the state alone: then nothing can go on with it.</param>
    /// <exception cref="SagaGoneException">A newer program wrote it.</exception>
    /// <exception cref="InvalidDataException">No program wrote it.</exception>
    public static SagaState Read(byte[] bytes, SagaShape? shape)
    {
        var data = new DataReader(bytes);
        int version = data.ReadInt32();
        if (version > Version)
            throw new SagaGoneException($"What is kept of the saga is of format {version}, and this Headgate reads formats up to {Version}: a newer one wrote it, and goes on with it once it is retried there.");
        if (version < FirstVersion)
            throw new InvalidDataException($"What is kept of the saga is damaged: there is no format {version}.");
        ClientSnapshot client = ReadClient(data);
        bool isJson = data.ReadInt32() == 1;
        var (phase, cause, failed) = ((SagaPhase)data.ReadInt32(), (SagaCauseKind)data.ReadInt32(), data.ReadInt32());
        var steps = new StepState[data.ReadInt32()];
        var answers = new StepAnswer[steps.Length];
        for (int i = 0; i < steps.Length; i++)
        {
            steps[i] = (StepState)data.ReadInt32();
            answers[i] = new StepAnswer(data.ReadInt32(), data.ReadBytes(), version == FirstVersion ? null : data.ReadText(), version > SecondVersion && data.ReadInt32() == 1);
        }

        var progress = new SagaProgress(shape ?? new SagaShape(new bool[steps.Length], steps.Length), phase, steps, cause, failed);
        return new SagaState(client, isJson, progress, answers) { Failure = ReadFailure(data), AnswerFields = data.ReadPairs() };
    }

    /// <summary>Reads a state to look at; null when a newer program wrote it.</summary>
    public static SagaState? Look(byte[] bytes) => new DataReader(bytes).ReadInt32() > Version ? null : Read(bytes, shape: null);

    private static void Write(DataWriter data, ClientSnapshot client)
    {
        data.Write(client.Path);
        data.Write(client.Query);
        data.Write(client.PathSlices.Count);
        foreach (int slice in client.PathSlices)
            data.Write(slice);
        data.Write(client.Fields);
        data.Write(client.Body.Span);
        data.Write(client.RequestId);
        data.Write(client.CorrelationId);
        data.Write(client.Trace.TraceIdHigh);
        data.Write(client.Trace.TraceIdLow);
        data.Write(client.Trace.ParentSpanId);
        data.Write(client.Trace.SpanId);
        data.Write(client.Trace.Sampled ? 1 : 0);
        data.Write(client.Tenant);
        data.Write(client.User);
        data.Write(client.ApiKey);
        data.Write(client.Claims);
    }

    private static ClientSnapshot ReadClient(DataReader data)
    {
        string path = data.ReadText()!;
        string query = data.ReadText()!;
        var slices = new int[data.ReadInt32()];
        for (int i = 0; i < slices.Length; i++)
            slices[i] = data.ReadInt32();
        return new ClientSnapshot
        {
            Path = path,
            Query = query,
            PathSlices = slices,
            Fields = data.ReadPairs(),
            Body = data.ReadBytes(),
            RequestId = data.ReadText()!,
            CorrelationId = data.ReadText(),
            Trace = new TraceContext(data.ReadUInt64(), data.ReadUInt64(), data.ReadUInt64(), data.ReadUInt64(), data.ReadInt32() == 1),
            Tenant = data.ReadText(),
            User = data.ReadText(),
            ApiKey = data.ReadText(),
            Claims = data.ReadPairs(),
        };
    }

    private static void Write(DataWriter data, SagaFailure? failure)
    {
        data.Write(failure?.Kind.Status ?? 0);
        if (failure is null)
            return;
        data.Write(failure.Kind.Name);
        data.Write(failure.Kind.Code);
        data.Write(failure.Kind.Title);
        data.Write(failure.Kind.ProxyStatus);
        data.Write(failure.Detail);
        data.Write(failure.Service);
        data.Write(failure.RetryAfterSeconds);
        data.Write(failure.IsAnswer ? 1 : 0);
        data.Write(failure.MediaType);
        data.Write(failure.Body.Span);
    }

    private static SagaFailure? ReadFailure(DataReader data)
    {
        if (data.ReadInt32() is not (> 0 and var status))
            return null;
        return new SagaFailure
        {
            Kind = new GatewayErrorKind(data.ReadText()!, data.ReadText()!, status, data.ReadText()!) { ProxyStatus = data.ReadText() },
            Detail = data.ReadText()!,
            Service = data.ReadText(),
            RetryAfterSeconds = data.ReadInt32(),
            IsAnswer = data.ReadInt32() == 1,
            MediaType = data.ReadText(),
            Body = data.ReadBytes(),
        };
    }
}
