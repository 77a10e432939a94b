using Zoetrope.Cli.LedgerPages;

namespace Zoetrope.Cli.Tests;

/// <summary>The time that is left of a batch, by how fast its jobs have finished lately.</summary>
public sealed class BatchPaceTests
{
    private readonly BatchPace _pace = new();

    [Fact]
    public void The_time_left_is_that_of_as_many_jobs()
    {
        Assert.Null(Observe(0, 0, 10));
        Assert.Null(Observe(60, 0, 10));
        Assert.Equal(90 * 9, Observe(90, 1, 9));
        Assert.Equal(60 * 8, Observe(120, 2, 8));
        // Where none finishes, it grows.
        Assert.Equal(90 * 8, Observe(180, 2, 8));
        Assert.Null(Observe(200, 10, 0));
    }

    [Fact]
    public void It_follows_a_change_of_the_pace()
    {
        for (var i = 0; i <= 100; i++)
            Observe(i, i, 1000 - i);
        for (var i = 1; i <= 60; i++)
            Observe(100 + (60 * i), 100 + i, 900 - i);

        Assert.Equal(60 * 839, Observe(100 + (60 * 61), 161, 839));
    }

    [Fact]
    public void Jobs_that_take_longer_than_the_window_have_an_estimate_at_every_look()
    {
        Observe(0, 0, 10);
        for (var second = 10; second < 4 * 900; second += 10)
        {
            var finished = second / 900;
            var left = Observe(second, finished, 10 - finished);
            if (finished == 0)
                Assert.Null(left);
            else
                Assert.InRange(left!.Value, 900 * (10 - finished), 1800 * (10 - finished));
        }
    }

    [Fact]
    public void A_batch_that_stood_still_has_an_estimate_that_says_so()
    {
        Observe(0, 0, 10);
        Observe(10, 1, 9);
        Assert.Equal(3600 * 9, Observe(3600, 1, 9));
    }

    [Fact]
    public void Jobs_that_are_taken_back_begin_it_anew()
    {
        Observe(0, 0, 10);
        Observe(60, 6, 4);
        Assert.Null(Observe(70, 5, 5));
        Assert.Equal(30 * 4, Observe(100, 6, 4));
    }

    private double? Observe(double at, long finished, long rest) => _pace.Observe(TimeSpan.FromSeconds(at), finished, rest)?.TotalSeconds;
}
