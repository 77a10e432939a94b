using System.Text;
using Zoetrope.Cli.LedgerPages;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Storage;
using Zoetrope.Simulator;

namespace Zoetrope.Cli.Tests;

/// <summary>How often a ledger is counted for those who look at its page.</summary>
public sealed class OverviewCacheTests : IDisposable
{
    private readonly SimulatorClock _clock = new();
    private readonly OverviewCache _cache;
    private long _lastEvent = 1;
    private long _cap;
    private int _looks;
    private int _counts;
    private TimeSpan _countTakes;
    private Action _whileCounting = () => { };
    private Exception? _fault;

    public OverviewCacheTests() => _cache = new OverviewCache(
        _ =>
        {
            _looks++;
            return Task.FromResult(_lastEvent);
        },
        _ =>
        {
            _counts++;
            if (_fault is { } fault)
                return Task.FromException<LedgerOverview>(fault);
            // It sees what has happened before it.
            var done = _lastEvent;
            _clock.Advance(_countTakes);
            _whileCounting();
            return Task.FromResult(new LedgerOverview(
                _clock.GetUtcNow(), [new JobGroup("one", "fal", "a/b", LedgerState.Delivered, done, 0, null, "id")],
                [new SpendReport(SpendScope.Batch("one"), 0, 0, _cap)]));
        },
        (overview, batches) => Encoding.UTF8.GetBytes($"{overview.Groups[0].Count} done, {overview.Spending[0].Cap} at most, {batches[0].Left} left"),
        _clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ledger_in_which_nothing_happens_is_counted_every_ten_seconds()
    {
        for (var i = 0; i < 60; i++)
        {
            await GetAsync();
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(6, _counts);
    }

    [Fact]
    public async Task What_is_not_in_the_history_is_seen_after_ten_seconds()
    {
        var first = await GetAsync();
        _cap = 5;
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(first, await GetAsync());
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.StartsWith("1 done, 5 at most", (await GetAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task However_often_it_is_asked_for_it_is_read_twice_a_second_at_most()
    {
        for (var i = 0; i < 1000; i++)
        {
            await Task.WhenAll(GetAsync(), GetAsync());
            _lastEvent++;
            _clock.Advance(TimeSpan.FromMilliseconds(10));
        }
        Assert.Equal(20, _counts);
        Assert.InRange(_looks, 20, 40);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(3_000)]
    [InlineData(30_000)]
    public async Task Counting_takes_a_tenth_of_the_time_at_most(int milliseconds)
    {
        _countTakes = TimeSpan.FromMilliseconds(milliseconds);
        var start = _clock.GetUtcNow();
        while (_counts < 20)
        {
            await GetAsync();
            _lastEvent++;
            _clock.Advance(TimeSpan.FromMilliseconds(100));
        }
        // Without the last, after which nothing has passed yet.
        Assert.InRange((_counts - 1) * _countTakes / (_clock.GetUtcNow() - start - _countTakes), 0.05, 0.1);
    }

    [Fact]
    public async Task What_happens_while_it_is_counted_is_counted_next_time()
    {
        _whileCounting = () => _lastEvent = 2;
        Assert.StartsWith("1 done", (await GetAsync()).Text, StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.StartsWith("2 done", (await GetAsync()).Text, StringComparison.Ordinal);
        Assert.Equal(2, _counts);
    }

    [Fact]
    public async Task The_tag_is_that_of_the_content()
    {
        var first = await GetAsync();
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(first, await GetAsync());
        Assert.Equal(2, _counts);
        _lastEvent++;
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEqual(first.Tag, (await GetAsync()).Tag);
    }

    [Fact]
    public async Task What_could_not_be_counted_is_counted_when_it_is_asked_for_again()
    {
        _fault = new LedgerException("busy");
        await Assert.ThrowsAsync<LedgerException>(GetAsync);
        _fault = null;

        Assert.StartsWith("1 done", (await GetAsync()).Text, StringComparison.Ordinal);
    }

    public void Dispose() => _cache.Dispose();

    private async Task<(string Text, string Tag)> GetAsync()
    {
        var (json, tag) = await _cache.GetAsync(Token);
        return (Encoding.UTF8.GetString(json), tag);
    }
}
