namespace Nabla.Lessons.Code;

internal static class F1
{
    public static void Run()
    {
        #region shown
        DatasetPair data = Digits.Create(seed: 1, trainCount: 320, testCount: 1);
        // Each row of an image is one time step.
        Rnn rows = new(28, 32, RandomKey.FromSeed(1), lastOnly: true);
        Linear output = new(32, 10, RandomKey.FromSeed(2));
        Parameter[] weights = [.. rows.Parameters, .. output.Parameters];
        Optimizer optimizer = new(new Adam(), weights, learningRate: 0.003);
        DataLoader loader = new(data.Train, batchSize: 16);

        for (int epoch = 0; epoch < 5; epoch++)
        {
            double sum = 0;
            foreach (Batch batch in loader.Epoch(epoch))
            {
                using Scope scope = Scope.Begin();
                Tensor images = batch.Inputs.Reshape([batch.Count, 28, 28]);
                Tensor logits = output.Apply(rows.Apply(images));       // forward
                Tensor loss = Loss.CrossEntropy(logits, batch.Targets); // loss
                Gradients gradients = loss.Backward();                  // backward
                optimizer.Step(gradients);                              // step
                sum += loss.Item() * batch.Count;
            }
            Console.WriteLine($"epoch {epoch + 1}: {sum / data.Train.Count:F4}");
        }
        #endregion
    }
}
