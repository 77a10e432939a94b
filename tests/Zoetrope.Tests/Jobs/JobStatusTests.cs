using Zoetrope.Errors;
using Zoetrope.Jobs;

namespace Zoetrope.Tests.Jobs;

public sealed class JobStatusTests
{
    public static TheoryData<string, JobStatus> Texts => new()
    {
        { "queued", new() { State = JobState.Queued } },
        { "queued, 3 ahead", new() { State = JobState.Queued, QueuePosition = 3 } },
        { "running", new() { State = JobState.Running, QueuePosition = 0 } },
        { "running, 25 %, 2 log lines", new() { State = JobState.Running, Progress = 0.25, Logs = [new("a"), new("b")] } },
        { "completed, 1 log line", new() { State = JobState.Completed, Progress = 1, Logs = [new("a")] } },
        { "failed: no", new() { State = JobState.Failed, Error = new ServiceError { Message = "no" } } },
        { "canceled", new() { State = JobState.Canceled } },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_status_says_in_a_few_words_what_it_is(string text, JobStatus status) => Assert.Equal(text, status.ToString());
}
