using Spectre.Console;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Output;

/// <summary>One line on a terminal that is kept up to date, with the time that has passed.</summary>
internal sealed class LiveReporter(IAnsiConsole console) : IReporter
{
    /// <inheritdoc/>
    public void Say(string line) => console.Write(new UnbrokenLine(Printable.Of(line)));

    /// <inheritdoc/>
    public Task<T> FollowAsync<T>(Func<WaitOptions, Task<T>> wait) => console.Progress()
        .AutoClear(true)
        .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ElapsedTimeColumn())
        .StartAsync(progress =>
        {
            var task = progress.AddTask("submitted");
            task.IsIndeterminate = true;
            var logs = new LogLines();
            return wait(new WaitOptions
            {
                IncludeLogs = true,
                OnUpdate = status =>
                {
                    foreach (var line in logs.New(status))
                        Say(line);
                    task.Description = Markup.Escape(StatusText.Of(status));
                },
                OnPollFailure = failure => task.Description = Markup.Escape(Printable.Of(StatusText.Of(failure))),
            });
        });

    /// <inheritdoc/>
    public Task<T> TrackAsync<T>(Func<Action<LedgerProgress>, Task<T>> work) => console
        .Live(new Markup(""))
        .StartAsync(context => work(progress => context.UpdateTarget(TableOf(progress))));

    private static Table TableOf(LedgerProgress progress)
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var (name, _) in progress.Columns)
            table.AddColumn(new TableColumn(name) { Alignment = Justify.Right });
        return table.AddRow([.. progress.Columns.Select(column => new Markup(Markup.Escape(column.Value)))]);
    }
}
