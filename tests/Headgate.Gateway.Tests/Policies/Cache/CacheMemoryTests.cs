using System.Globalization;
using System.Text;
using Headgate.Gateway.Policies.Cache.Memory;
using Headgate.Gateway.Policies.Cache.Rules;
using Headgate.Gateway.Tests.Telemetry;

namespace Headgate.Gateway.Tests.Policies.Cache;

public class CacheMemoryTests
{
    private const long Bound = 4 << 20;

    private static readonly byte[] s_body = Encoding.ASCII.GetBytes(new string('x', 100));

    [Fact]
    public void MillionKeys_StayInTheBound()
    {
        using var store = new CacheStore(Bound);

        for (int i = 0; i < 1_000_000; i++)
            Store(store, i.ToString(CultureInfo.InvariantCulture));

        Assert.InRange(store.Memory.Used, 1, Bound);
        Assert.InRange(store.Count, 1000, 10_000);
        Assert.Equal(1_000_000 - store.Count, store.Evicted);
    }

    [Fact]
    public void AnswersThatAreAskedForAgain_SurviveAScan()
    {
        using var store = new CacheStore(Bound);
        string[] hot = [.. Enumerable.Range(0, 500).Select(i => $"hot {i}")];
        foreach (string key in hot)
            Store(store, key);
        for (int round = 0; round < 2; round++)
            Assert.All(hot, key => Assert.True(Holds(store, key)));

        for (int i = 0; i < 100_000; i++)
            Store(store, $"scan {i}");

        int left = hot.Count(key => Holds(store, key));
        Assert.True(left > 450, $"{left} of 500 answers that are asked for are left after the scan.");
    }

    [Fact]
    public void AnswerThatIsRead_KeepsItsBytes_WhateverIsStoredMeanwhile()
    {
        using var store = new CacheStore(Bound);
        Store(store, "read");
        CacheEntry held = Find(store, "read")!;

        for (int i = 0; i < 50_000; i++)
            Store(store, $"other {i}");

        Assert.Equal(s_body, held.Body.PeekAt(0).ToArray());
        held.Body.LetGo();
    }

    [Fact]
    public void PurgedAnswer_GivesItsMemoryBack()
    {
        using var store = new CacheStore(Bound);
        for (int i = 0; i < 100; i++)
            Store(store, $"{i}");

        Assert.Equal(100, store.Purge(_ => true));

        Assert.Equal(0, store.Memory.Used);
        Assert.Equal(0, store.Count);
    }

    [Fact]
    public void AnswerThatWasAskedForBeforeAPurge_IsNotStoredAfterIt()
    {
        using var store = new CacheStore(Bound);
        long before = store.Marks.Next();
        store.Purge(_ => false);

        var body = new StoredBody(store.Memory, 0, 100);
        Assert.Null(store.Add(TargetOf(store, "a"), HeadOf(before), body));
    }

    [Fact]
    public async Task BodyThatOutgrowsItsBound_BecomesAWindow_AndItsWriterWaits()
    {
        var memory = new CacheMemory(Bound);
        var body = new StoredBody(memory, null, mostBytes: 10_000);
        BodyReader reader = body.Enter()!;

        ValueTask waiting = default;
        long written = 0;
        while (waiting.IsCompleted && written < 10 << 20)
        {
            body.Append(s_body);
            written += s_body.Length;
            waiting = body.FlushAsync();
        }

        Assert.True(body.IsWindow);
        Assert.InRange(written, StoredBody.WindowBytes, StoredBody.WindowBytes + s_body.Length);
        body.Advance(reader, written);
        await waiting;
        Assert.Null(body.Enter());
        Assert.InRange(memory.Used, 0, 2 * CacheMemory.LargestSegment);
        body.Leave(reader);
        body.LetGo();
        Assert.Equal(0, memory.Used);
    }

    private static void Store(CacheStore store, string key)
    {
        var body = new StoredBody(store.Memory, s_body.Length, 1000);
        CacheEntry? entry = store.Add(TargetOf(store, key), HeadOf(store.Marks.Next()), body);
        body.Append(s_body);
        body.End(isWhole: true, endedAt: 1);
        if (entry is not null)
            store.Weigh(entry);
        body.LetGo();
    }

    private static bool Holds(CacheStore store, string key)
    {
        CacheEntry? entry = Find(store, key);
        entry?.Body.LetGo();
        return entry is not null;
    }

    private static CacheEntry? Find(CacheStore store, string key) => store.Find(store.HashOf(key), key, TestRequest.Ended(), onlyForAll: false);

    private static CacheTarget TargetOf(CacheStore store, string key) => new(key, store.HashOf(key), store.HashOf(key), key, "api", "operation", IsForOneCaller: false);

    private static StoredHead HeadOf(long sequence) => new()
    {
        Status = 200,
        Fields = [],
        Lifetime = new Lifetime { ReceivedAt = default, InitialAge = default, FreshFor = TimeSpan.FromMinutes(1) },
        Validators = new StoredValidators(null, null, null, LastModifiedIsStrong: false),
        Vary = VarySpec.None,
        VaryText = "",
        IsForAll = true,
        Sequence = sequence,
        Tags = [],
    };
}
