using Headgate.Storage.Migrations;

namespace Headgate.Integration.Events.Subscriptions;

/// <summary>The tables of subscriptions and their dead letters.</summary>
internal static class SubscriptionMigrations
{
    public static MigrationSet All { get; } = new("event-subscriptions", First, new Migration(2, "know who consumes", """
        CREATE TABLE headgate_event_members (
            subscription TEXT NOT NULL,
            member TEXT NOT NULL,
            deadline BIGINT NOT NULL,
            PRIMARY KEY (subscription, member))
        """));

    private static Migration First => new(1, "create subscriptions and dead letters", """
        CREATE TABLE headgate_event_partitions (
            subscription TEXT NOT NULL,
            part BIGINT NOT NULL,
            position BIGINT NOT NULL,
            attempts BIGINT NOT NULL,
            retryat BIGINT,
            error TEXT,
            PRIMARY KEY (subscription, part));
        CREATE TABLE headgate_dead_letters (
            id TEXT PRIMARY KEY,
            subscription TEXT NOT NULL,
            log_offset BIGINT NOT NULL,
            event TEXT NOT NULL,
            type TEXT NOT NULL,
            aggregatetype TEXT NOT NULL,
            aggregateid TEXT NOT NULL,
            tenant TEXT NOT NULL,
            slot BIGINT NOT NULL,
            attempts BIGINT NOT NULL,
            error TEXT NOT NULL,
            failedat BIGINT NOT NULL,
            retry BOOLEAN NOT NULL,
            UNIQUE (subscription, log_offset));
        CREATE INDEX headgate_dead_letters_aggregate ON headgate_dead_letters (subscription, aggregatetype, aggregateid, log_offset)
        """);
}
