print("cryptally")
