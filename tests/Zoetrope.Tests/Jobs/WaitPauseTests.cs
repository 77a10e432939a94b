using System.Net;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using static Zoetrope.Tests.FakeProtocol;

namespace Zoetrope.Tests;

/// <summary>The pauses between polls grow, follow what the service asks for, and end with one last poll.</summary>
public sealed class WaitPauseTests
{
    private readonly FakeTime _time = new();
    private readonly FakeProtocol _protocol = new();
    private readonly FakeClient _client;

    public WaitPauseTests() => _client = new FakeClient(_protocol, new MediaClientOptions { TimeProvider = _time, Jitter = new Random(7) });

    [Fact]
    public async Task The_first_poll_is_at_once_and_the_pauses_grow_to_the_schedules_maximum()
    {
        for (var i = 0; i < 12; i++)
            _protocol.Statuses.Add(Says(JobState.Running));
        _protocol.Statuses.Add(Says(JobState.Completed));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        await _time.RunAsync(() => job.WaitAsync());

        Assert.Equal(12, _time.Fired.Count);
        var pauses = _time.Fired.ConvertAll(pause => pause.TotalSeconds);
        double expected = 1;
        foreach (var pause in pauses)
        {
            Assert.InRange(pause, expected * 0.85, expected * 1.15);
            expected = Math.Min(expected * 1.5, 5);
        }
        Assert.True(pauses.Distinct().Count() > 6, "The pauses have no jitter.");
    }

    [Fact]
    public async Task A_poll_interval_of_the_user_does_not_grow()
    {
        for (var i = 0; i < 5; i++)
            _protocol.Statuses.Add(Says(JobState.Running));
        _protocol.Statuses.Add(Says(JobState.Completed));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        await _time.RunAsync(() => job.WaitAsync(new WaitOptions { PollInterval = TimeSpan.FromSeconds(10) }));

        Assert.All(_time.Fired, pause => Assert.InRange(pause.TotalSeconds, 8.5, 11.5));
    }

    [Fact]
    public async Task Failures_back_off_and_success_ends_it()
    {
        for (var i = 0; i < 7; i++)
            _protocol.Statuses.Add(Throws(ErrorResponse(503)));
        _protocol.Statuses.Add(Says(JobState.Running));
        _protocol.Statuses.Add(Says(JobState.Completed));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        await _time.RunAsync(() => job.WaitAsync());

        double[] expected = [2, 4, 8, 16, 30, 30, 30, 1];
        Assert.Equal(expected.Length, _time.Fired.Count);
        for (var i = 0; i < expected.Length; i++)
            Assert.InRange(_time.Fired[i].TotalSeconds, expected[i] * 0.85, expected[i] * 1.15);
    }

    [Theory]
    [InlineData(50, 50)]
    [InlineData(3600, 60)]
    [InlineData(int.MaxValue, 60)]
    public async Task A_Retry_After_is_honored_up_to_a_minute(int asked, int paused)
    {
        var error = new ServiceError { Message = "slow down" };
        _protocol.Statuses.Add(Throws(new ServiceException("fake", HttpStatusCode.TooManyRequests, error, TimeSpan.FromSeconds(asked))));
        _protocol.Statuses.Add(Says(JobState.Completed));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        await _time.RunAsync(() => job.WaitAsync());

        Assert.Equal([TimeSpan.FromSeconds(paused)], _time.Fired);
    }

    [Fact]
    public async Task A_Retry_After_of_years_does_not_end_the_wait_in_effect()
    {
        var error = new ServiceError { Message = "slow down" };
        _protocol.Statuses.Add(Throws(new ServiceException("fake", HttpStatusCode.TooManyRequests, error, TimeSpan.FromDays(1000))));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        await Assert.ThrowsAsync<JobTimeoutException>(() => _time.RunAsync(() => job.WaitAsync(new WaitOptions { Timeout = TimeSpan.FromMinutes(10) })));

        Assert.InRange(_protocol.Polls, 10, 12);
    }

    [Theory]
    [InlineData(600)]
    [InlineData(45)]
    [InlineData(2)]
    public async Task A_pause_that_would_outlast_the_wait_is_cut_for_a_last_look(int seconds)
    {
        _protocol.Statuses.Add(Says(JobState.Running));
        _protocol.Statuses.Add(Says(JobState.Completed));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));
        var wait = new WaitOptions { Timeout = TimeSpan.FromSeconds(seconds), PollInterval = TimeSpan.FromDays(1) };

        await _time.RunAsync(() => job.WaitAsync(wait));

        Assert.InRange(Assert.Single(_time.Fired), wait.Timeout * 0.9 - TimeSpan.FromMilliseconds(1), wait.Timeout);
    }

    [Fact]
    public async Task There_is_one_last_look()
    {
        _protocol.Statuses.Add(Says(JobState.Running));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));
        var wait = new WaitOptions { Timeout = TimeSpan.FromMinutes(1), PollInterval = TimeSpan.FromMinutes(10) };

        await Assert.ThrowsAsync<JobTimeoutException>(() => _time.RunAsync(() => job.WaitAsync(wait)));

        Assert.Equal(2, _protocol.Polls);
    }

    [Fact]
    public async Task A_poll_that_hangs_ends_at_its_own_deadline_and_the_wait_continues()
    {
        _protocol.Statuses.Add(Hang<JobStatus>);
        _protocol.Statuses.Add(Says(JobState.Completed));
        var job = await _client.SubmitAsync("some/model", RawJson.Parse("{}"));

        await _time.RunAsync(() => job.WaitAsync());

        Assert.Equal(TimeSpan.FromSeconds(30), _time.Fired[0]);
        Assert.Equal(2, _protocol.Polls);
    }

    private static ServiceException ErrorResponse(int status) => new("fake", (HttpStatusCode)status, new ServiceError { Message = $"status {status}" });
}
