namespace Zoetrope.Ledger.Tests.Databases;

public sealed class RunOnSqlite : RunTests;

public sealed class RunOnPostgres : RunTests, IOnPostgres;

public sealed class DeliveryOnSqlite : DeliveryTests;

public sealed class DeliveryOnPostgres : DeliveryTests, IOnPostgres;

public sealed class DeliveryPartsOnSqlite : DeliveryPartTests;

public sealed class DeliveryPartsOnPostgres : DeliveryPartTests, IOnPostgres;

public sealed class DeliveryEndsOnSqlite : DeliveryEndTests;

public sealed class DeliveryEndsOnPostgres : DeliveryEndTests, IOnPostgres;

public sealed class DoubtsOnSqlite : DoubtTests;

public sealed class DoubtsOnPostgres : DoubtTests, IOnPostgres;

public sealed class LeasesOnSqlite : LeaseTests;

public sealed class LeasesOnPostgres : LeaseTests, IOnPostgres;

public sealed class SpendOnSqlite : SpendTests;

public sealed class SpendOnPostgres : SpendTests, IOnPostgres;

public sealed class KillsOnSqlite : KillTests;

public sealed class KillsOnPostgres : KillTests, IOnPostgres;

public sealed class ModelOnSqlite : ModelTests;

public sealed class ModelOnPostgres : ModelTests, IOnPostgres;

public sealed class HostingOnSqlite : HostingTests;

public sealed class HostingOnPostgres : HostingTests, IOnPostgres;

public sealed class ResolutionsOnSqlite : ResolutionTests;

public sealed class ResolutionsOnPostgres : ResolutionTests, IOnPostgres;

public sealed class PartitionsOnSqlite : PartitionTests;

public sealed class PartitionsOnPostgres : PartitionTests, IOnPostgres;

public sealed class TransfersOnSqlite : TransferTests;

public sealed class TransfersOnPostgres : TransferTests, IOnPostgres;

public sealed class NotificationsOnSqlite : NotificationTests;

public sealed class NotificationsOnPostgres : NotificationTests, IOnPostgres;

public sealed class NotifiersOnSqlite : NotifierTests;

public sealed class NotifiersOnPostgres : NotifierTests, IOnPostgres;

public sealed class StoreOnSqlite : StoreTests;

public sealed class StoreOnPostgres : StoreTests, IOnPostgres;

public sealed class UploadsOnSqlite : UploadTests;

public sealed class UploadsOnPostgres : UploadTests, IOnPostgres;

public sealed class ListsOnSqlite : ListTests;

public sealed class ListsOnPostgres : ListTests, IOnPostgres;

public sealed class MigrationsOnSqlite : MigrationTests;

public sealed class MigrationsOnPostgres : MigrationTests, IOnPostgres;

public sealed class ManyStoresOnSqlite : ManyStoresTests;

public sealed class ManyStoresOnPostgres : ManyStoresTests, IOnPostgres;

/// <summary>That no test is forgotten above.</summary>
public sealed class BothTests
{
    [Fact]
    public void Every_test_of_a_ledger_runs_on_both_databases()
    {
        var types = typeof(BothTests).Assembly.GetTypes();
        var all = types.Where(type => type.IsSubclassOf(typeof(LedgerTest))).ToList();
        // Those below which only databases are.
        var kinds = all.Where(type => type.IsAbstract && !all.Exists(below => below.IsAbstract && below.BaseType == type)).ToList();
        Assert.NotEmpty(kinds);
        Assert.All(kinds, kind => Assert.Equal(
            [false, true], all.Where(type => type.BaseType == kind).Select(type => type.IsAssignableTo(typeof(IOnPostgres))).Order()));
        Assert.All(all.Where(type => !type.IsAbstract), type => Assert.True(kinds.Contains(type.BaseType!), $"{type.Name} runs on one database."));
    }
}
