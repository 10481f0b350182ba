using System.Buffers.Binary;
using System.Text;
using Headgate.Gateway.Calls;
using Headgate.Integration.Sagas.Definitions;
using Headgate.Integration.Sagas.Progress;
using Headgate.Integration.Sagas.State;

namespace Headgate.Integration.Tests.Sagas;

/// <summary>What a version of the program has kept of a saga, the next goes on with.</summary>
public sealed class SagaStateFormatTests
{
    // A saga of three steps whose last was refused, and whose first is being undone, as the first format had it.
    private const string OfFormat1 =
        "AQAAAAkAAAAvb3JkZXJzLzcGAAAAP2RyeT0xAgAAAAgAAAABAAAAAgAAAAwAAABDb250ZW50LVR5cGUQAAAAYXBwbGljYXRpb24vanNvbgkAAABYLUNoYW5uZWwDAAAAYXBwDQAAAHsi" +
        "aXRlbXMiOlsxXX0MAAAAMDE4Zi1yZXF1ZXN0CwAAAGNvcnJlbGF0aW9upk2zdzUv+Us2Rw4OnZLOowEAAAAAAAAAtwKpC6pn8AABAAAABAAAAGFjbWUEAAAAamFuZf////8BAAAAAwAA" +
        "AHN1YgQAAABqYW5lAQAAAAEAAAABAAAAAgAAAAMAAAAEAAAAyQAAAAsAAAB7ImlkIjoicjEifQIAAADIAAAAAAAAAAMAAACSAQAAAAAAAJIBAAAOAAAAdXBzdHJlYW1fZXJyb3INAAAA" +
        "Q0FSRF9ERUNMSU5FRBcAAABUaGUgc2VydmljZSByZWZ1c2VkIGl0Lv////8WAAAAVGhlIGNhcmQgd2FzIGRlY2xpbmVkLg8AAABwYXltZW50LXNlcnZpY2UFAAAAAQAAABAAAABhcHBs" +
        "aWNhdGlvbi9qc29uGAAAAHsiY29kZSI6IkNBUkRfREVDTElORUQifQEAAAAIAAAATG9jYXRpb24JAAAAL29yZGVycy83";

    private static readonly SagaShape s_shape = new([true, false, true], Pivot: 3);

    [Fact]
    public void State_OfTheFirstFormat_IsReadWhole_AndGoneOnWith()
    {
        SagaState state = SagaStateFormat.Read(Convert.FromBase64String(OfFormat1), s_shape);

        IsWhole(state);
        Assert.All(state.Answers, answer => Assert.Equal((null, false), (answer.Location, answer.IsLost)));
        Assert.Equal(new SagaMove(SagaMoveKind.Undo, 0), state.Progress.Next);
        state.Progress.StepUndone();
        Assert.Equal(SagaPhase.Undone, state.Progress.Phase);
    }

    [Fact]
    public void State_IsWrittenInTheFormatOfToday_AndReadBackWhole()
    {
        SagaState old = SagaStateFormat.Read(Convert.FromBase64String(OfFormat1), s_shape);
        old.Take(1, old.Answers[1] with { Location = "/orders/7", IsLost = true });

        byte[] written = SagaStateFormat.Write(old);
        SagaState read = SagaStateFormat.Read(written, s_shape);

        Assert.Equal(3, BinaryPrimitives.ReadInt32LittleEndian(written));
        IsWhole(read);
        Assert.Equal([(null, false), ("/orders/7", true), (null, false)], read.Answers.Select(answer => (answer.Location, answer.IsLost)));
    }

    [Fact]
    public void State_OfANewerProgram_IsNotGuessedAt()
    {
        byte[] newer = Convert.FromBase64String(OfFormat1);
        BinaryPrimitives.WriteInt32LittleEndian(newer, 4);

        SagaGoneException gone = Assert.Throws<SagaGoneException>(() => SagaStateFormat.Read(newer, s_shape));

        Assert.Contains("is of format 4, and this Headgate reads formats up to 3", gone.Message, StringComparison.Ordinal);
        Assert.Null(SagaStateFormat.Look(newer));
    }

    [Fact]
    public void State_OfNoFormat_IsRefused()
    {
        byte[] damaged = Convert.FromBase64String(OfFormat1);
        BinaryPrimitives.WriteInt32LittleEndian(damaged, 0);

        Assert.Throws<InvalidDataException>(() => SagaStateFormat.Read(damaged, s_shape));
    }

    // The program that changes how many steps a version of a saga has would be wrong, and must not call the wrong ones.
    [Fact]
    public void State_OfAnotherSaga_IsRefused() => Assert.Throws<ArgumentException>(() => SagaStateFormat.Read(Convert.FromBase64String(OfFormat1), new SagaShape([true], Pivot: 1)));

    private static void IsWhole(SagaState state)
    {
        ClientSnapshot client = state.Client;
        Assert.Equal(("/orders/7", "?dry=1", "018f-request", "correlation", "acme", "jane", null), (client.Path, client.Query, client.RequestId, client.CorrelationId, client.Tenant, client.User, client.ApiKey));
        Assert.Equal([8, 1], client.PathSlices);
        Assert.Equal([new("Content-Type", "application/json"), new("X-Channel", "app")], client.Fields);
        Assert.Equal([new("sub", "jane")], client.Claims);
        Assert.Equal((true, """{"items":[1]}"""), (state.IsJson, Encoding.UTF8.GetString(client.Body.Span)));
        Assert.Equal("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", client.Trace.ToTraceParent());
        Assert.Equal((SagaPhase.Back, SagaCauseKind.Refused, 2), (state.Progress.Phase, state.Progress.Cause, state.Progress.FailedStep));
        Assert.Equal([StepState.Undoing, StepState.Done, StepState.NotDone], state.Progress.Steps);
        Assert.Equal([(201, """{"id":"r1"}"""), (200, ""), (402, "")], state.Answers.Select(answer => (answer.Status, Encoding.UTF8.GetString(answer.Body.Span))));
        SagaFailure failure = state.Failure!;
        Assert.Equal((402, "upstream_error", "CARD_DECLINED", "The service refused it.", null), (failure.Kind.Status, failure.Kind.Name, failure.Kind.Code, failure.Kind.Title, failure.Kind.ProxyStatus));
        Assert.Equal(("The card was declined.", "payment-service", 5, true, "application/json"), (failure.Detail, failure.Service, failure.RetryAfterSeconds, failure.IsAnswer, failure.MediaType));
        Assert.Equal("""{"code":"CARD_DECLINED"}""", Encoding.UTF8.GetString(failure.Body.Span));
        Assert.Equal([new("Location", "/orders/7")], state.AnswerFields);
    }
}
