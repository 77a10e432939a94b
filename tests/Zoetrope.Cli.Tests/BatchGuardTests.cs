namespace Zoetrope.Cli.Tests;

/// <summary>What a batch refuses before it records or pays for more.</summary>
public sealed class BatchGuardTests : BatchTest
{
    [Fact]
    public async Task What_waits_is_looked_at_again_without_a_change_of_the_cap()
    {
        var file = Shots("a", "b", "c", "d", "e");
        string[] batch = ["batch", file, "--model", "eachlabs:" + Kling.Neutral, "--out", Out, "--base-url", Simulator.BaseUrl.ToString()];
        (await CliProcess.RunAsync([.. batch, "--max-cost", "2"])).Exits(4).Says("Waiting: 5 jobs, because batch:shots.jsonl has a cap of $2.00");

        (await CliProcess.RunAsync([.. batch, "--max-job-cost", "0.9"])).Exits(4)
            .Says("4 of 5 jobs of 'shots.jsonl' are done; $1.20 spent.")
            .Says("Waiting: 1 job, because batch:shots.jsonl has a cap of $2.00: $1.20 are spent");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_is_found_before_anything_is_recorded()
    {
        var file = Shots("wave");
        var ledger = Path.Combine(Path.GetDirectoryName(file)!, "jobs.db");
        string[] batch = ["batch", file, "--model", Kling.Neutral, "--provider", "fal", "--base-url", Simulator.BaseUrl.ToString(), "--ledger", ledger];

        (await CliProcess.RunAsync([.. batch, "--out", Path.Combine(file, "clips")])).Exits(2).Says("--out: cannot create the folder '");
        // Not even root can make a file there.
        if (OperatingSystem.IsLinux())
            (await CliProcess.RunAsync([.. batch, "--out", "/proc"])).Exits(2).Says("--out: cannot write to the folder '/proc': ");

        Assert.False(File.Exists(ledger));
        Assert.Equal(0, Simulator.Submits);
    }

    [Fact]
    public async Task A_line_that_was_removed_or_corrected_is_not_paid_for_unless_it_is_kept()
    {
        string[] names = ["a", "b", "c", "d", "e"];
        (await CliProcess.RunAsync(Batch(Shots(names), "--max-cost", "2.2"))).Exits(4);
        var (label, job) = (await JobsByLabelAsync()).Single(one => State(one.Value) == "intended");
        var id = job.GetProperty("id").GetString()!;
        var others = names.Where(name => name != label).ToArray();

        // Removed, and corrected.
        foreach (var edited in (string[][])[others, [.. others, "corrected"]])
        {
            (await CliProcess.RunAsync(Batch(Shots(edited), "--max-cost", "10"))).Exits(2)
                .Says($"FILE: 1 job of 'shots.jsonl' would be sent, but is not in the file any more: {id} ({label})")
                .Says("Nothing was recorded or sent.")
                .Says($"Cancel what is not wanted with `zoetrope jobs cancel ID ... --ledger {Ledger}`, or pass --keep to run it too.");
        }
        Assert.Equal(5, (await JobsByLabelAsync()).Count);
        Assert.Equal(4, Simulator.Submits);
        // Nor was the cap changed: what waits goes on waiting.
        (await CliProcess.RunAsync(Batch(Shots(names)))).Exits(4);

        (await CliProcess.RunAsync(Batch(Shots(others), "--keep", "--max-cost", "10"))).Exits(0).Says("5 of 5 jobs of 'shots.jsonl' are done; ");
        Assert.Equal(5, Simulator.Submits);
        // What is done is not asked about.
        (await CliProcess.RunAsync(Batch(Shots("a")))).Exits(0);
    }

    [Fact]
    public async Task A_canceled_job_is_not_in_the_way_of_the_corrected_line()
    {
        (await CliProcess.RunAsync(Batch(Shots("typo"), "--max-cost", "0.1"))).Exits(4);
        var id = Assert.Single((await JobsByLabelAsync()).Values).GetProperty("id").GetString()!;

        (await JobsAsync("cancel", id)).Exits(0);
        (await CliProcess.RunAsync(Batch(Shots("right"), "--max-cost", "1"))).Exits(3).Says("1 of 2 jobs of 'shots.jsonl' are done; $0.50 spent.");
        Assert.Equal(1, Simulator.Submits);
    }

    [Fact]
    public async Task Inputs_are_run_once_more_only_when_nothing_is_left_to_resume()
    {
        var file = Shots("a", "b");
        (await CliProcess.RunAsync(Batch(file, "--max-cost", "0.6"))).Exits(4);

        (await CliProcess.RunAsync(Batch(file, "--max-cost", "10", "--again"))).Exits(2)
            .Says("--again: 1 job of 'shots.jsonl' is not finished: leave out --again to resume").Says("Nothing was recorded or sent.");
        Assert.Equal(1, Simulator.Submits);

        (await CliProcess.RunAsync(Batch(file, "--max-cost", "10"))).Exits(0);
        (await CliProcess.RunAsync(Batch(file, "--again"))).Exits(0).Says("2 inputs that 'shots.jsonl' has already are run once more");
        Assert.Equal(4, Simulator.Submits);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Jobs_of_an_older_ledger_which_knew_only_what_was_sent_are_not_paid_for_again(bool isOpen)
    {
        // What is sent of it has other members.
        var file = Write("shots.jsonl", """{"$id":"a","$model":"flux-2-pro","prompt":"a","width":512,"height":512}""" + "\n");
        (await CliProcess.RunAsync(Batch(file, isOpen ? ["--max-cost", "0.01", "--max-job-cost", "0.5"] : []))).Exits(isOpen ? 4 : 0);
        var line = Assert.Single(Lines((await JobsAsync("export")).Exits(0)));
        Assert.Equal(512, line.GetProperty("input").GetProperty("image_size").GetProperty("width").GetInt32());
        var older = System.Text.Json.Nodes.JsonObject.Create(line)!;
        Assert.True(older.Remove("identity"));
        File.Delete(Ledger);
        (await JobsAsync("import", Write("older.jsonl", older.ToJsonString()))).Exits(0);

        var again = (await CliProcess.RunAsync(Batch(file, "--max-cost", "20", "--max-job-cost", "0.5"))).Exits(0);

        again.Says("1 of 1 inputs are jobs of 'shots.jsonl' already").Says("1 of 1 jobs of 'shots.jsonl' are done; ");
        Assert.Equal(1, Simulator.Submits);
    }
}
