namespace Nabla.Tests;

/// <summary>Recurrent layers written out, one hidden unit after the other.</summary>
internal static class Recurrence
{
    /// <summary>One unit at one step: from the input and hidden parts of its gates' sums, the state and the carry before, to those after.</summary>
    public delegate (double State, double Carry) Unit(double[] fromInput, double[] fromHidden, double state, double carry);

    /// <summary>x: drive [time, batch, gates · hidden], input bias, hidden bias [gates · hidden], weight [gates · hidden, hidden].</summary>
    public static Grid States(Grid[] x, int gates, Unit unit)
    {
        (Grid drive, Grid inputBias, Grid hiddenBias, Grid weight) = (x[0], x[1], x[2], x[3]);
        (int time, int batch, int hidden) = (drive.Shape[0], drive.Shape[1], weight.Shape[1]);
        Grid states = Grid.Make([time, batch, hidden], _ => 0), carries = Grid.Make([time, batch, hidden], _ => 0);
        Grid.Make(states.Shape, at =>
        {
            (int t, int b, int h) = (at[0], at[1], at[2]);
            double Before(Grid grid, int k) => t == 0 ? 0 : grid[t - 1, b, k];
            double[] fromInput = [.. Enumerable.Range(0, gates).Select(gate => drive[t, b, (gate * hidden) + h] + inputBias[(gate * hidden) + h])];
            double[] fromHidden = [.. Enumerable.Range(0, gates).Select(gate =>
                Grid.Sum(hidden, k => Before(states, k) * weight[(gate * hidden) + h, k]) + hiddenBias[(gate * hidden) + h])];
            int place = (((t * batch) + b) * hidden) + h;
            (states.Elements[place], carries.Elements[place]) = unit(fromInput, fromHidden, Before(states, h), Before(carries, h));
            return 0;
        });
        return states;
    }

    public static Grid Last(Grid states)
    {
        int count = states.Shape[1] * states.Shape[2];
        return new([states.Shape[1], states.Shape[2]], states.Elements[^count..]);
    }

    public static (double State, double Carry) Lstm(double[] fromInput, double[] fromHidden, double state, double carry)
    {
        double[] sums = [.. fromInput.Zip(fromHidden, (x, h) => x + h)];
        double next = (Series.Sigmoid(sums[1]) * carry) + (Series.Sigmoid(sums[0]) * Math.Tanh(sums[2]));
        return (Series.Sigmoid(sums[3]) * Math.Tanh(next), next);
    }

    public static (double State, double Carry) Gru(double[] fromInput, double[] fromHidden, double state, double carry)
    {
        double reset = Series.Sigmoid(fromInput[0] + fromHidden[0]), keep = Series.Sigmoid(fromInput[1] + fromHidden[1]);
        return (((1 - keep) * Math.Tanh(fromInput[2] + (reset * fromHidden[2]))) + (keep * state), 0);
    }
}
