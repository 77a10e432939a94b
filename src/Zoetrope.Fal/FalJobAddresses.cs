namespace Zoetrope.Fal;

/// <summary>The addresses of a job at one client, each made when it is first requested: a job is polled many times.</summary>
/// <param name="root">The queue's address, without a slash at the end.</param>
/// <param name="paths">The job's paths.</param>
internal sealed class FalJobAddresses(string root, FalJobPaths paths)
{
    private Uri? _status;

    public Uri Status => _status ??= new Uri($"{root}{paths.Status}?logs=0");

    public Uri StatusWithLogs => new($"{root}{paths.Status}?logs=1");

    public Uri StatusStream(bool logs) => new($"{root}{paths.Status}/stream?logs={(logs ? '1' : '0')}");

    public Uri Result => new(root + paths.Result);

    public Uri Cancel => new(root + paths.Cancel);
}
