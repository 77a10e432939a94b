using Zoetrope.Clients;
using Zoetrope.Media;

namespace Zoetrope.Jobs.Delivery;

/// <summary>Where the files of results are stored, before their addresses expire.</summary>
public interface IOutputStore
{
    /// <summary>
    /// Stores a file. It may be called again for the same file, after a crash or a failure: the file is then complete, incomplete or missing, and complete when
    /// the task has ended.
    /// </summary>
    /// <param name="job">The job, with its result.</param>
    /// <param name="index">The position of the file among those of the result, from 0.</param>
    /// <param name="file">The file.</param>
    /// <param name="client">The client that downloads it, which checks its size and type.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>Where it is stored.</returns>
    /// <exception cref="Errors.MediaDownloadException">It cannot be downloaded.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    Task<string> SaveAsync(LedgerJob job, int index, MediaFile file, MediaClient client, CancellationToken cancellationToken);

    /// <summary>Stores what belongs to the job as a whole, after its files.</summary>
    /// <param name="job">The job, with its result.</param>
    /// <param name="outputs">Where its files are stored.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    Task CompleteAsync(LedgerJob job, IReadOnlyList<string> outputs, CancellationToken cancellationToken);

    /// <summary>Removes what is incomplete of a job whose other files are not tried to be stored any more. By default nothing.</summary>
    /// <param name="job">The job, with its result.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    Task AbandonAsync(LedgerJob job, CancellationToken cancellationToken) => Task.CompletedTask;
}
