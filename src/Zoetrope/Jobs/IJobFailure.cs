namespace Zoetrope.Jobs;

/// <summary>A failure about a job that exists: it carries the handle that resumes the job.</summary>
public interface IJobFailure
{
    /// <summary>The handle that resumes the job, including from another process.</summary>
    JobHandle Handle { get; }

    /// <summary>The last status that was received; null when there was none.</summary>
    JobStatus? LastStatus { get; }
}
