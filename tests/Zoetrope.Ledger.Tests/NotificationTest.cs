using Zoetrope.Jobs;

namespace Zoetrope.Ledger.Tests;

/// <summary>A ledger that notifies a receiver.</summary>
public abstract class NotificationTest : LedgerTest
{
    protected const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    protected static async Task<NotificationState?> StateAsync(JobLedger ledger, LedgerJob job) =>
        (await ledger.Store.NotificationsAsync(job.Id, cancellationToken: Token)) is [var one] ? one.State : null;

    protected static NotificationOptions NotificationsOf(
        NotificationReceiver receiver, TimeSpan? retry = null, TimeSpan? lifetime = null, TimeSpan? timeout = null, params string[] secrets) =>
        NotificationsOf(receiver, null, retry, lifetime, timeout, secrets);

    protected static NotificationOptions NotificationsOf(
        NotificationReceiver receiver, string? batch, TimeSpan? retry, TimeSpan? lifetime, TimeSpan? timeout, params string[] secrets) =>
        new(new Uri(receiver.Url, "/hook?token=1"), secrets.Length > 0 ? secrets : [Secret])
        {
            Batch = batch,
            Concurrency = 2,
            RetryDelay = retry ?? TimeSpan.FromHours(1),
            Lifetime = lifetime ?? TimeSpan.FromDays(3),
            Timeout = timeout ?? TimeSpan.FromSeconds(15),
        };

    protected LedgerOptions Options(NotificationReceiver receiver, params string[] secrets) => Options(receiver, null, null, null, secrets);

    protected LedgerOptions Options(
        NotificationReceiver receiver, TimeSpan? retry = null, TimeSpan? lifetime = null, TimeSpan? timeout = null, params string[] secrets) => new()
        {
            Clients = [Fal],
            PollInterval = TimeSpan.FromMilliseconds(20),
            ListLookup = TimeSpan.Zero,
            ReceiptTimeout = TimeSpan.FromMilliseconds(1),
            Notifications = [NotificationsOf(receiver, retry, lifetime, timeout, secrets)],
        };

    /// <summary>Lets the database refuse changes, as one whose disk is full does.</summary>
    protected async Task RefuseAsync(string table, string when, string message)
    {
        if (this is not Databases.IOnPostgres)
        {
            await ExecuteAsync($"CREATE TRIGGER refuse_{table} BEFORE UPDATE ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{message}'); END");
            return;
        }
        await ExecuteAsync(
            $"CREATE FUNCTION refuse_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{message}'; END $$");
        await ExecuteAsync(
            $"CREATE TRIGGER refuse_{table} BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION refuse_{table}()");
    }
}
