using Microsoft.AspNetCore.Http;
using Zoetrope.Clients;

namespace Zoetrope.AspNetCore;

/// <summary>Responses about jobs, beside those of <see cref="Results"/>.</summary>
public static class JobProgressExtensions
{
    /// <summary>
    /// Streams the progress of a job to a browser as server-sent events (<c>EventSource</c>): each change of its status as <c>status</c>, and its end as
    /// <c>result</c> or <c>failure</c>. The browser may leave and come back: the job is never canceled, and a connection that broke off goes on.
    /// </summary>
    /// <remarks>
    /// The endpoint decides whose job it is: resume a handle that your app has kept for the user, not one that the browser sends, which could be that of any
    /// job of your account.
    /// </remarks>
    /// <typeparam name="TResult">The result type of the model.</typeparam>
    /// <param name="results">The value of <see cref="Results.Extensions"/>.</param>
    /// <param name="job">The job, which was submitted before or is resumed by its handle.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time of the options is not positive.</exception>
    public static JobProgressResult<TResult> JobProgress<TResult>(
        this IResultExtensions results, Job<TResult> job, JobProgressOptions<TResult>? options = null)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(job);
        return new JobProgressResult<TResult>(job, options ?? new());
    }
}
